using System.Buffers;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;
using Tarn.Streams.Resharding;
using Tarn.Streams.Segments;
using Tarn.Streams.Shards;

namespace Tarn.Streams.Commits;

/// <summary>
/// Records of one call for one shard, encoded as batches by the caller's thread; the committer only fills in the
/// headers. Used again by later calls, so nobody but its call touches it once it is done.
/// <code>
/// caller:     Begin -> Count each record -> Add each record -> Seal -> in line ... result read -> Release
/// committer:                                                           Number -> Complete or Fail
/// </code>
/// </summary>
internal sealed class PendingAppend(AppendCall call)
{
    private readonly List<BatchHeader> _batches = [];
    private byte[] _buffer = [];
    private BatchPacking _counted;
    private BatchPacking _packed;
    private int _written;
    private int _batchStart;
    private uint _batchRecords;
    private string _shardId = "";
    private AppendError? _failure;

    /// <summary>The position of the shard in the stream's list.</summary>
    public int Shard { get; private set; }

    /// <summary>Headers and bodies.</summary>
    public int Length => _counted.TotalLength;

    public int RecordCount => _counted.RecordCount;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, Length);

    /// <summary>The number of the next outcome's record; once done, and without <see cref="Error"/>.</summary>
    public SequenceNumber First { get; private set; }

    /// <summary>Why nothing was written; once done.</summary>
    public TarnException? Error { get; private set; }

    public void Begin(int shard)
    {
        Shard = shard;
        (First, Error) = (SequenceNumber.Zero, null);
        (_counted, _packed) = (default, default);
        (_written, _batchStart, _batchRecords) = (0, 0, 0);
        _batches.Clear();
    }

    /// <summary>Makes room for a record; all are counted before the first is added.</summary>
    public void Count(in StreamEntry entry) => _counted.Add(Size(entry));

    public void Add(in StreamEntry entry)
    {
        if (_buffer.Length == 0)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Length);
        }

        if (_packed.Add(Size(entry)))
        {
            Seal();
            _batchStart = _written;
            _written += BatchHeader.Size;
        }

        var frame = _buffer.AsSpan(_written, Size(entry));
        entry.CopyDataTo(RecordFrame.Begin(frame, entry.PartitionKey.Span, entry.DataLength, entry.Mark));
        _written += frame.Length;
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

    /// <summary>All records are on disk. The append belongs to its call again: touch it no more.</summary>
    public void Complete(SequenceNumber first)
    {
        First = first;
        call.PartDone();
    }

    /// <summary>Nothing was written. The append belongs to its call again: touch it no more.</summary>
    public void Fail(TarnException error)
    {
        Error = error;
        call.PartDone();
    }

    /// <summary>Once done, before the outcomes are asked for.</summary>
    public void BeginOutcomes(ShardLog log)
    {
        _shardId = log.Place.ShardId;
        _failure = Error is null ? null : MovedAppends.ErrorOf(Error);
        if (_failure is not null && _failure != MovedAppends.Error)
        {
            log.Counters.Failed(RecordCount);
        }
    }

    /// <summary>What became of the next record, in the order in which they were added.</summary>
    public AppendOutcome NextOutcome()
    {
        var outcome = new AppendOutcome(_shardId, First, _failure);
        First = _failure is null ? First.Next : First;
        return outcome;
    }

    /// <summary>Gives the buffer back; only when done, or never put in line.</summary>
    public void Release()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private static int Size(in StreamEntry entry) =>
        RecordFrame.Size(entry.PartitionKey.Length, entry.DataLength, isMarked: entry.Mark is not null);
}
