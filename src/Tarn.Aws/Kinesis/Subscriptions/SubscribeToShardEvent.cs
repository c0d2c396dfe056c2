using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Cbor;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis.Subscriptions;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShardEvent.html. The last event of a closed
/// shard has ChildShards and no ContinuationSequenceNumber: so KCL and Flink know the end, whatever the page says.
/// </summary>
internal static class SubscribeToShardEvent
{
    public const string Name = "SubscribeToShardEvent";

    /// <summary>
    /// An event of an open shard. Clients go on after the continuation (KCL, Flink) or at it, so it is the number of
    /// the last record that was sent: nothing is lost, and those who go on at it see that one again.
    /// </summary>
    public static void Write(PooledBuffer to, BodyFormat format, ReadBatch batch)
    {
        var continuation = batch.Next.Value - 1;
        if (format == BodyFormat.Cbor)
        {
            CborOutput.Map(to, 3);
            CborOutput.Text(to, "ContinuationSequenceNumber"u8);
            CborOutput.Digits(to, continuation);
            WriteRest(to, batch);
            return;
        }

        to.Append("{\"ContinuationSequenceNumber\":\""u8);
        RecordAnswer.WriteNumber(to, (long)continuation);
        to.Append("\",\"MillisBehindLatest\":"u8);
        RecordAnswer.WriteNumber(to, batch.MillisBehindLatest);
        to.Append(","u8);
        RecordAnswer.WriteAll(to, batch.Records);
        to.Append("}"u8);
    }

    /// <summary>The last event of a closed shard.</summary>
    public static void WriteEnd(
        PooledBuffer to, BodyFormat format, ReadBatch batch, string shardId, StreamDescription stream)
    {
        if (format == BodyFormat.Cbor)
        {
            CborOutput.Map(to, 3);
            CborOutput.Text(to, "ChildShards"u8);
            ChildShardAnswer.WriteAllCbor(to, shardId, stream);
            WriteRest(to, batch);
            return;
        }

        to.Append("{\"ChildShards\":"u8);
        ChildShardAnswer.WriteAll(to, shardId, stream);
        to.Append(",\"MillisBehindLatest\":0,"u8);
        RecordAnswer.WriteAll(to, batch.Records);
        to.Append("}"u8);
    }

    private static void WriteRest(PooledBuffer to, ReadBatch batch)
    {
        CborOutput.Text(to, "MillisBehindLatest"u8);
        CborOutput.Number(to, (ulong)batch.MillisBehindLatest);
        RecordsCbor.Write(to, batch.Records);
    }
}
