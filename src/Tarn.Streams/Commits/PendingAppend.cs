using System.Buffers;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Commits;

/// <summary>
/// Records of one call for one shard, encoded as batches by the caller's thread; the committer only fills in the
/// headers. The buffer is pooled: whoever completes the append gives it back.
/// </summary>
internal sealed class PendingAppend(int length)
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(length);
    private readonly List<BatchHeader> _batches = [];
    private readonly TaskCompletionSource<SequenceNumber> _done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BatchPacking _packing;
    private int _written;
    private int _batchStart;
    private uint _batchRecords;

    public int Length => length;

    public int RecordCount => _packing.RecordCount;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, length);

    /// <summary>
    /// The number of the first record once all are on disk; fails with a <see cref="TarnException"/>.
    /// </summary>
    public Task<SequenceNumber> Done => _done.Task;

    public void Add(in StreamEntry entry)
    {
        if (_packing.Add(RecordFrame.Size(entry.PartitionKey.Length, entry.Data.Length)))
        {
            Seal();
            _batchStart = _written;
            _written += BatchHeader.Size;
        }

        _written += RecordFrame.Write(_buffer.AsSpan(_written), entry.PartitionKey.Span, entry.Data.Span);
        _batchRecords++;
    }

    /// <summary>Ends the last batch; call once after the last record.</summary>
    public void Seal()
    {
        if (_batchRecords > 0)
        {
            var body = _buffer.AsSpan(_batchStart + BatchHeader.Size, _written - _batchStart - BatchHeader.Size);
            _batches.Add(new BatchHeader(body.Length, Crc32C.Of(body), _batchRecords, 0, 0));
            _batchRecords = 0;
        }
    }

    /// <summary>Writes the headers and adds them to <paramref name="headers"/>.</summary>
    public void Number(ulong first, long arrivalMs, uint salt, List<BatchHeader> headers)
    {
        var offset = 0;
        foreach (var batch in _batches)
        {
            var header = batch with { FirstSequence = first, ArrivalMs = arrivalMs };
            header.Write(_buffer.AsSpan(offset), salt);
            headers.Add(header);
            first += header.RecordCount;
            offset += header.Length;
        }
    }

    public void Complete(SequenceNumber first)
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _done.SetResult(first);
    }

    public void Fail(TarnException error)
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _done.SetException(error);
    }
}
