using System.Text.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams.Consumers;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Consumer.html</summary>
internal static class ConsumerAnswer
{
    /// <summary>Writes the members; the caller opens and closes the object.</summary>
    public static void Write(Utf8JsonWriter answer, LakeIdentity lake, StreamConsumer consumer)
    {
        answer.WriteString("ConsumerName", consumer.Name);
        answer.WriteString("ConsumerARN", ConsumerRef.ArnOf(lake, consumer));
        answer.WriteString("ConsumerStatus", "ACTIVE");
        answer.WriteNumber("ConsumerCreationTimestamp", consumer.CreatedAt.ToUnixTimeMilliseconds() / 1000m);
    }
}
