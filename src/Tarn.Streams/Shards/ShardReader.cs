using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Shards;

/// <summary>
/// Reads one shard's committed records from its files, through the page cache. Holds no lock that a writer needs; any
/// number of threads may read at once.
/// </summary>
internal sealed class ShardReader(ShardLog log, DamageReports damages)
{
    private const int WindowLengthMin = 4 << 10;
    private const int WindowLengthMax = 256 << 10;
    private const int ScanWindowLength = 16 << 10;

    /// <summary>Records from <paramref name="from"/> on.</summary>
    /// <param name="isClosed">The shard was closed before the read: its tip is its end.</param>
    public ReadBatch Read(SequenceNumber from, ReadBounds bounds, bool isClosed)
    {
        var (records, bytes, tip) = WithTip(tip => Collect(tip, from.Value, bounds));
        var next = records.Count > 0
            ? records[^1].SequenceNumber.Next
            : new SequenceNumber(Math.Max(from.Value, tip.Next));
        var behindMs = next.Value >= tip.Next || records.Count == 0
            ? 0
            : Math.Max(1, tip.NewestArrivalMs - records[^1].ArrivalTime.ToUnixTimeMilliseconds());
        log.Counters.Read(records.Count, bytes, behindMs);
        return new ReadBatch(records, next, isClosed && next.Value >= tip.Next, behindMs);
    }

    /// <summary>
    /// The number of the first record that arrived at or after that time and is retained; else the next number.
    /// </summary>
    public SequenceNumber FirstArrivedFrom(long arrivalMs) => new(WithTip(tip => Find(tip, arrivalMs)));

    /// <summary>Runs against the tip; again when retention removed a file under it.</summary>
    private T WithTip<T>(Func<ShardTip, T> read)
    {
        while (true)
        {
            var tip = log.Tip;
            try
            {
                return read(tip);
            }
            catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
            {
                if (ReferenceEquals(tip, log.Tip))
                {
                    throw new TarnException(
                        ErrorKind.Damaged, $"{log.Place} has lost a segment", cause.Message, cause: cause);
                }
            }
        }
    }

    private (RecordList Records, long Bytes, ShardTip Tip) Collect(
        ShardTip tip, ulong from, ReadBounds bounds)
    {
        var records = new RecordList();
        if (from >= tip.Next)
        {
            return (records, 0, tip);
        }

        var room = new ReadRoom(bounds);
        records.Reserve((int)Math.Min((ulong)bounds.RecordsMax, tip.Next - from));
        var retainedFromMs = log.RetainedFromMs;
        for (var i = tip.SeekSegment(from); i < tip.Segments.Length && !room.IsFull; i++)
        {
            if (tip.CeilingArrivalMs(i) >= retainedFromMs)
            {
                Collect(tip.Segments[i], from, retainedFromMs, ref room, records);
            }
        }

        return (records, bounds.BytesMax - (long)room.BytesLeft, tip);
    }

    private void Collect(
        Segment segment, ulong from, long retainedFromMs, ref ReadRoom room, RecordList records)
    {
        var end = segment.CommittedLength;
        var offset = segment.Seek(from, retainedFromMs, damages);
        if (offset >= end)
        {
            return;
        }

        using var lease = segment.Acquire();
        var windowLength = Math.Clamp(room.BytesLeft, WindowLengthMin, WindowLengthMax);
        var cursor = segment.Walk(lease, end, windowLength, records.Windows);
        while (!room.IsFull)
        {
            var step = cursor.Read(offset, withBody: false);
            if (step.Kind == BatchStepKind.Batch
                && step.Header.LastSequence >= from && step.Header.ArrivalMs >= retainedFromMs)
            {
                step = cursor.Read(offset, withBody: true);
            }

            if (step.Kind == BatchStepKind.End)
            {
                return;
            }

            if (step.Kind == BatchStepKind.Damage)
            {
                damages.Report(new Damage(segment.Path, offset, step.Next - offset, DamageFate.SteppedOver));
            }
            else if (!step.Body.IsEmpty)
            {
                Unpack(step, from, ref room, records);
            }

            offset = step.Next;
        }
    }

    private static void Unpack(BatchStep batch, ulong from, ref ReadRoom room, RecordList records)
    {
        var arrival = DateTimeOffset.FromUnixTimeMilliseconds(batch.Header.ArrivalMs);
        var body = batch.Body;
        for (var number = batch.Header.FirstSequence; number <= batch.Header.LastSequence; number++)
        {
            var (key, data, mark) = RecordFrame.Take(ref body);
            if (number < from)
            {
                continue;
            }

            if (!room.TryTake(key.Length + data.Length))
            {
                return;
            }

            records.Add(new StreamRecord(new SequenceNumber(number), arrival, key, data) { Mark = mark });
        }
    }

    private ulong Find(ShardTip tip, long arrivalMs)
    {
        arrivalMs = Math.Max(arrivalMs, log.RetainedFromMs);
        for (var i = 0; i < tip.Segments.Length; i++)
        {
            if (tip.CeilingArrivalMs(i) >= arrivalMs && Find(tip.Segments[i], arrivalMs) is { } found)
            {
                return found;
            }
        }

        return tip.Next;
    }

    private ulong? Find(Segment segment, long arrivalMs)
    {
        var end = segment.CommittedLength;
        var offset = segment.Seek(0, arrivalMs, damages);
        using var lease = segment.Acquire();
        var cursor = segment.Walk(lease, end, ScanWindowLength, kept: null);
        while (true)
        {
            var step = cursor.Read(offset, withBody: false);
            if (step.Kind == BatchStepKind.End)
            {
                return null;
            }

            if (step.Kind == BatchStepKind.Batch && step.Header.ArrivalMs >= arrivalMs)
            {
                return step.Header.FirstSequence;
            }

            offset = step.Next;
        }
    }
}
