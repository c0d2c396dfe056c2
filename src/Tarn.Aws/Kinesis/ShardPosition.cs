using System.Globalization;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Streams.Shards;

namespace Tarn.Aws.Kinesis;

/// <summary>Where to begin in a shard, as GetShardIterator and SubscribeToShard are told it.</summary>
internal static class ShardPosition
{
    /// <param name="typeMember">The path of the member that held the type, for its error.</param>
    /// <param name="number">The sequence number and the name of its member.</param>
    public static StartPosition Read(
        string typeMember, string type, (string Member, string? Value) number, DateTimeOffset? timestamp)
    {
        if (type is not ("TRIM_HORIZON" or "LATEST" or "AT_TIMESTAMP"
            or "AT_SEQUENCE_NUMBER" or "AFTER_SEQUENCE_NUMBER"))
        {
            throw JsonMembers.Violation(
                $"Value '{type}' at '{typeMember}' failed to satisfy constraint: Member must satisfy enum value set: "
                + "[AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]");
        }

        var byNumber = type.EndsWith("SEQUENCE_NUMBER", StringComparison.Ordinal);
        if (byNumber != number.Value is not null)
        {
            throw KinesisErrors.InvalidArgument(
                $"Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and {number.Member} or "
                + $"(2) TRIM_HORIZON or LATEST and no {number.Member}. "
                + $"Request specified {type} and {(byNumber ? "no" : "also a")} {number.Member}.");
        }

        if (timestamp is not null && type != "AT_TIMESTAMP")
        {
            throw KinesisErrors.InvalidArgument($"Timestamp cannot be given with type {type}.");
        }

        return type switch
        {
            "TRIM_HORIZON" => new StartPosition.TrimHorizon(),
            "LATEST" => new StartPosition.Latest(),
            "AT_SEQUENCE_NUMBER" => new StartPosition.At(Number(number)),
            "AFTER_SEQUENCE_NUMBER" => new StartPosition.After(Number(number)),
            _ => new StartPosition.AtTime(timestamp ?? throw KinesisErrors.InvalidArgument(
                "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. "
                + "Current request has no timestamp parameter.")),
        };
    }

    /// <summary>Refuses a sequence number that the shard never gave, and a time to come.</summary>
    public static void Check(
        StartPosition start, StreamDescription stream, ShardDescription shard, LakeIdentity lake, DateTimeOffset now)
    {
        switch (start)
        {
            case StartPosition.At at:
                CheckNumber(at.Number, stream, shard, lake);
                break;
            case StartPosition.After after:
                CheckNumber(after.Number, stream, shard, lake);
                break;
            case StartPosition.AtTime at when at.Time > now:
                throw KinesisErrors.InvalidArgument(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. "
                    + $"timestampInMillis: {at.Time.ToUnixTimeMilliseconds()}, "
                    + $"currentTimestampInMillis: {now.ToUnixTimeMilliseconds()}"));
        }
    }

    /// <summary>An empty shard's first number counts as given: it is what its description shows.</summary>
    private static void CheckNumber(
        SequenceNumber number, StreamDescription stream, ShardDescription shard, LakeIdentity lake)
    {
        var first = shard.StartingSequenceNumber;
        if (number < first || (number > first && number > shard.EndingSequenceNumber))
        {
            throw KinesisErrors.InvalidArgument(
                $"StartingSequenceNumber {number} used in GetShardIterator on shard {shard.ShardId} in stream "
                + $"{stream.Name} under account {lake.AccountId} is invalid because it did not come from this stream.");
        }
    }

    private static SequenceNumber Number((string Member, string? Value) number) =>
        SequenceNumber.TryParse(number.Value, out var parsed)
            ? parsed
            : throw KinesisErrors.InvalidArgument(
                $"{number.Member} '{number.Value}' is not a sequence number of this shard.");
}
