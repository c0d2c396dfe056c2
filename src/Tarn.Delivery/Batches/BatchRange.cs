using Tarn.Delivery.Checkpoints;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Batches;

/// <summary>
/// The records of one shard that wait for delivery: a contiguous range of sequence numbers that arrived in one hour. It
/// holds no payloads, only what is needed to decide when to deliver and how to name the object.
/// </summary>
/// <param name="Bytes">Of the payloads, each with a newline.</param>
internal readonly record struct BatchRange(
    SequenceNumber First,
    SequenceNumber Last,
    long Records,
    long Bytes,
    DateTimeOffset OldestArrival,
    ArrivalHour Hour)
{
    public static readonly BatchRange Empty;

    public bool IsEmpty => Records == 0;

    /// <summary>As it was planned; its bytes are not known any more.</summary>
    public static BatchRange Of(BatchPlan plan) => new(
        new SequenceNumber(plan.First), new SequenceNumber(plan.Last), plan.Records, 0, plan.OldestArrival, default);

    /// <summary>Takes the next record of the shard, unless it is of another hour or would pass the size.</summary>
    /// <param name="zone">Whose hours count.</param>
    public bool TryAdd(in StreamRecord record, long bytesMax, TimeZoneInfo zone, out BatchRange next)
    {
        var hour = ArrivalHour.Of(record.ArrivalTime, zone);
        var bytes = record.Data.Length + 1L;
        if (IsEmpty)
        {
            next = new BatchRange(record.SequenceNumber, record.SequenceNumber, 1, bytes, record.ArrivalTime, hour);
            return true;
        }

        if (hour != Hour || Bytes + bytes > bytesMax)
        {
            next = this;
            return false;
        }

        next = this with { Last = record.SequenceNumber, Records = Records + 1, Bytes = Bytes + bytes };
        return true;
    }
}
