using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Tarn.Aws.Listening;

/// <summary>
/// The memory that sockets receive into and send from, in blocks that hold a usual request whole. Kestrel's own blocks
/// of 4 KiB cost a PutRecords of 100 KB two dozen pairs of system calls, and a copy before it can be read in one piece.
/// A connection has a block only while bytes are under way. Thread-safe.
/// </summary>
internal sealed class BlockMemoryPool : MemoryPool<byte>
{
    /// <summary>500 records of 150 bytes in base64, with their keys and JSON, and the request's head.</summary>
    public const int BlockLength = 128 << 10;

    private const int KeptMax = 256;

    private readonly ConcurrentQueue<Block> _free = new();
    private volatile bool _isDisposed;

    public override int MaxBufferSize => BlockLength;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockLength);
        return _free.TryDequeue(out var block) ? block : new Block(this);
    }

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        _free.Clear();
    }

    private void Return(Block block)
    {
        if (!_isDisposed && _free.Count < KeptMax)
        {
            _free.Enqueue(block);
        }
    }

    /// <summary>One pool for all of a server's connections.</summary>
    internal sealed class Factory : IMemoryPoolFactory<byte>, IDisposable
    {
        private readonly BlockMemoryPool _pool = new();

        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => _pool;

        public void Dispose() => _pool.Dispose();
    }

    private sealed class Block(BlockMemoryPool pool) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockLength, pinned: true);

        public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(_bytes, 0, _bytes.Length);

        public void Dispose() => pool.Return(this);
    }
}
