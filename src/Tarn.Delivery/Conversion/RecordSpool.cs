using System.Buffers;
using Tarn.Delivery.Processing;

namespace Tarn.Delivery.Conversion;

/// <summary>
/// Records of one output in a staged file, in order, until they are converted: written by one thread while a batch is
/// read, then read by <see cref="SpoolReader"/>. Not durable: the staging directory is emptied at start. Disposing
/// removes the file.
/// </summary>
/// <param name="path">Of a file that does not exist; it is made by the first block or by completing.</param>
internal sealed class RecordSpool(string path) : IDisposable
{
    private const int BlockBytes = 64 << 10;

    private byte[]? _block;
    private int _used;
    private FileStream? _file;
    private bool _isComplete;

    public string Path => path;

    public long Records { get; private set; }

    /// <summary>Bytes of the payloads.</summary>
    public long DataBytes { get; private set; }

    /// <summary>Copies the record; its partition keys for prefixes are not kept.</summary>
    public void Append(in FlowRecord record)
    {
        ObjectDisposedException.ThrowIf(_isComplete, this);
        var head = SpoolHead.Of(record);
        var target = Reserve(checked((int)head.RecordBytes));
        head.Write(target);
        record.PartitionKey.Span.CopyTo(target[SpoolHead.Bytes..]);
        record.Data.Span.CopyTo(target[(SpoolHead.Bytes + head.KeyBytes)..]);
        Records++;
        DataBytes += head.DataBytes;
    }

    /// <summary>Writes what is still in memory and closes the file; nothing can be appended after it.</summary>
    public void Complete()
    {
        WriteBlock();
        Release();
        _isComplete = true;
    }

    public void Dispose()
    {
        Release();
        _isComplete = true;
        File.Delete(path);
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_block is not null && _used + bytes > _block.Length)
        {
            WriteBlock();
            if (bytes > _block.Length)
            {
                ArrayPool<byte>.Shared.Return(_block);
                _block = null;
            }
        }

        _block ??= ArrayPool<byte>.Shared.Rent(Math.Max(BlockBytes, bytes));
        var target = _block.AsSpan(_used, bytes);
        _used += bytes;
        return target;
    }

    private void WriteBlock()
    {
        // The block is the buffer: a second one would only be copied through.
        _file ??= new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _file.Write(_block.AsSpan(0, _used));
        _used = 0;
    }

    private void Release()
    {
        _file?.Dispose();
        _file = null;
        if (_block is not null)
        {
            ArrayPool<byte>.Shared.Return(_block);
            _block = null;
        }
    }
}
