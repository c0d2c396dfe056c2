using System.Buffers;
using System.Text.Json;
using Tarn.Delivery.Endpoints;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose.Outgoing;

/// <summary>
/// What Firehose hands to a function (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesisfirehose.html).
/// </summary>
internal static class TransformationEvent
{
    public static byte[] Write(FunctionCall call, LakeIdentity lake)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("invocationId", call.InvocationId);
            json.WriteString("deliveryStreamArn", lake.Arn("firehose", "deliverystream/" + call.DeliveryStream));
            if (call.SourceStream is { } source)
            {
                json.WriteString("sourceKinesisStreamArn", lake.Arn("kinesis", "stream/" + source));
            }

            json.WriteString("region", lake.Region);
            json.WriteStartArray("records");
            foreach (var record in call.Records)
            {
                Write(json, call, record);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, FunctionCall call, in FunctionRecord record)
    {
        var arrival = record.ArrivalTime.ToUnixTimeMilliseconds();
        json.WriteStartObject();
        json.WriteString("recordId", record.RecordId);
        json.WriteNumber("approximateArrivalTimestamp", arrival);
        json.WriteBase64String("data", record.Data.Span);
        if (call.SourceStream is not null)
        {
            json.WriteStartObject("kinesisRecordMetadata");
            json.WriteString("shardId", call.ShardId);
            json.WriteString("partitionKey", record.PartitionKey.Span);
            json.WriteNumber("approximateArrivalTimestamp", arrival);
            json.WriteString("sequenceNumber", record.Sequence.ToString());
            json.WriteNumber("subsequenceNumber", record.SubSequence);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
