using System.Text.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>The members that the descriptions of a stream share.</summary>
internal static class StreamAnswer
{
    public static void WriteIdentity(Utf8JsonWriter answer, LakeIdentity lake, StreamDescription stream)
    {
        answer.WriteString("StreamName", stream.Name);
        answer.WriteString("StreamARN", StreamRef.ArnOf(lake, stream.Name));
        answer.WriteString("StreamStatus", "ACTIVE");
        StreamMode.Write(answer, stream.Spec);
    }

    public static void WriteSettings(Utf8JsonWriter answer, StreamDescription stream)
    {
        answer.WriteNumber("RetentionPeriodHours", stream.Spec.RetentionHours);
        WriteCreation(answer, stream);
        answer.WriteStartArray("EnhancedMonitoring");
        answer.WriteStartObject();
        MetricNames.Write(answer, "ShardLevelMetrics", stream.Spec.EnhancedMetrics);
        answer.WriteEndObject();
        answer.WriteEndArray();
        answer.WriteString("EncryptionType", "NONE");
    }

    public static void WriteCreation(Utf8JsonWriter answer, StreamDescription stream) =>
        answer.WriteNumber("StreamCreationTimestamp", stream.CreatedAt.ToUnixTimeMilliseconds() / 1000m);
}
