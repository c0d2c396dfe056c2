using System.Buffers;
using System.Text.Json;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Batches;

/// <summary>
/// A line of an error object: a record that is not one JSON object, with the reason, so that nothing is lost silently.
/// </summary>
/// <remarks>
/// Layout: <c>{"sequenceNumber":"…","shardId":"…","arrivalTime":"2026-11-23T04:05:06.789Z","partitionKey":"…",
/// "reason":"…","data":"base64 of the payload"}</c>, one per line.
/// </remarks>
internal static class ErrorLine
{
    public static void Write(IBufferWriter<byte> output, string shardId, in StreamRecord record, string reason)
    {
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("sequenceNumber", record.SequenceNumber.ToString());
            writer.WriteString("shardId", shardId);
            writer.WriteString("arrivalTime", record.ArrivalTime.UtcDateTime);
            writer.WriteString("partitionKey", record.PartitionKey.Span);
            writer.WriteString("reason", reason);
            writer.WriteBase64String("data", record.Data.Span);
            writer.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
