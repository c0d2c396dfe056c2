using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StreamModeDetails.html</summary>
internal static class StreamMode
{
    private const string Provisioned = "PROVISIONED";
    private const string OnDemand = "ON_DEMAND";

    /// <summary>True: on demand.</summary>
    public static bool Read(JsonMembers details) =>
        details.RequiredChoice("StreamMode", Provisioned, OnDemand) == OnDemand;

    public static void Write(Utf8JsonWriter answer, StreamSpec stream)
    {
        answer.WriteStartObject("StreamModeDetails");
        answer.WriteString("StreamMode", stream.OnDemand ? OnDemand : Provisioned);
        answer.WriteEndObject();
    }

    /// <summary>Refuses what only a caller may do whose stream is provisioned.</summary>
    public static void RequireProvisioned(StreamSpec stream, LakeIdentity lake)
    {
        if (stream.OnDemand)
        {
            throw KinesisErrors.Validation(
                $"Request is invalid. Stream {stream.Name} under account {lake.AccountId} is in On-Demand mode.");
        }
    }

    /// <summary>Refuses the member WarmThroughputMiBps.</summary>
    public static void RefuseWarmThroughput(JsonMembers members, string operation)
    {
        if (members.Number("WarmThroughputMiBps", 0, int.MaxValue) is not null)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"tarn does not support member 'WarmThroughputMiBps' of kinesis {operation}",
                "a stream takes what the disk takes and has no capacity to keep warm",
                "leave it out");
        }
    }
}
