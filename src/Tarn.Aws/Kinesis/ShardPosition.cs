using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>Where to begin in a shard, as GetShardIterator and SubscribeToShard are told it.</summary>
internal static class ShardPosition
{
    /// <param name="typeMember">The path of the member that held the type, for its error.</param>
    /// <param name="number">The sequence number and the name of its member.</param>
    public static StartPosition Read(
        string typeMember, string type, (string Member, string? Value) number, DateTimeOffset? timestamp)
    {
        var byNumber = type.EndsWith("SEQUENCE_NUMBER", StringComparison.Ordinal);
        RefuseOther(number.Value, number.Member, type, byNumber);
        RefuseOther(timestamp, "Timestamp", type, type == "AT_TIMESTAMP");
        return type switch
        {
            "TRIM_HORIZON" => new StartPosition.TrimHorizon(),
            "LATEST" => new StartPosition.Latest(),
            "AT_SEQUENCE_NUMBER" => new StartPosition.At(Number(number)),
            "AFTER_SEQUENCE_NUMBER" => new StartPosition.After(Number(number)),
            "AT_TIMESTAMP" => new StartPosition.AtTime(
                timestamp ?? throw KinesisErrors.InvalidArgument("AT_TIMESTAMP needs a Timestamp.")),
            _ => throw JsonMembers.Violation(
                $"Value '{type}' at '{typeMember}' failed to satisfy constraint: "
                + "Member must satisfy enum value set: "
                + "[AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]"),
        };
    }

    private static SequenceNumber Number((string Member, string? Value) number) =>
        SequenceNumber.TryParse(number.Value, out var parsed)
            ? parsed
            : throw KinesisErrors.InvalidArgument(
                $"{number.Member} '{number.Value}' is not a sequence number of this shard.");

    private static void RefuseOther(object? given, string member, string type, bool belongs)
    {
        if (given is not null && !belongs)
        {
            throw KinesisErrors.InvalidArgument($"{member} cannot be given with type {type}.");
        }
    }
}
