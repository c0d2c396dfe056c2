using System.Globalization;
using Tarn.Aws.Protocol.Json;
using Tarn.Streams;
using Tarn.Streams.Shards;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ShardFilter.html</summary>
internal sealed record ShardFilter(string Type, string? ShardId, DateTimeOffset? Timestamp)
{
    private const string AfterShardId = "AFTER_SHARD_ID";
    private const string AtTimestamp = "AT_TIMESTAMP";
    private const string FromTimestamp = "FROM_TIMESTAMP";

    public static ShardFilter? Read(JsonMembers? members)
    {
        if (members is null)
        {
            return null;
        }

        var filter = new ShardFilter(
            members.RequiredChoice(
                "Type",
                AfterShardId,
                "AT_TRIM_HORIZON",
                "FROM_TRIM_HORIZON",
                "AT_LATEST",
                AtTimestamp,
                FromTimestamp),
            members.NameText("ShardId"),
            members.Time("Timestamp"));
        filter.CheckPair("ShardId", filter.ShardId is not null, filter.Type is AfterShardId);
        filter.CheckPair("Timestamp", filter.Timestamp is not null, filter.Type is AtTimestamp or FromTimestamp);
        return filter;
    }

    /// <summary>What a page token keeps of it.</summary>
    public static ShardFilter? Parse(string text)
    {
        var words = text.Split(' ');
        return words.Length != 3
            ? null
            : new ShardFilter(
                words[0],
                words[1].Length == 0 ? null : words[1],
                long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
                    ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
                    : null);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Type} {ShardId} {Timestamp?.ToUnixTimeMilliseconds()}");

    /// <summary>
    /// The shards that it lets through, by id. A time before the trim horizon counts as the horizon. At the horizon
    /// lineage decides, not the clock: a shard was open there when it is kept and none of its parents is; so the
    /// answer covers every hash key exactly once, even when shards were split in the millisecond of their creation.
    /// </summary>
    public static IEnumerable<ShardDescription> Apply(
        ShardFilter? filter, StreamDescription stream, DateTimeOffset now)
    {
        var kept = TrimHorizon.Kept(stream, now);
        var horizon = TrimHorizon.Of(stream, now).Time;
        if (horizon < stream.CreatedAt)
        {
            horizon = stream.CreatedAt;
        }

        return filter?.Type switch
        {
            null or "FROM_TRIM_HORIZON" => kept,
            AfterShardId => kept.Where(shard => string.CompareOrdinal(shard.ShardId, filter.ShardId) > 0),
            "AT_LATEST" => kept.Where(shard => shard.EndingSequenceNumber is null),
            FromTimestamp => kept.Where(shard => EndsAtOrAfter(shard, filter.Timestamp!.Value)),
            AtTimestamp when filter.Timestamp > horizon => kept.Where(shard =>
                shard.OpenedAt <= filter.Timestamp && EndsAtOrAfter(shard, filter.Timestamp.Value)),
            _ => Oldest(kept),
        };
    }

    private static IEnumerable<ShardDescription> Oldest(List<ShardDescription> kept)
    {
        var ids = kept.Select(shard => shard.ShardId).ToHashSet(StringComparer.Ordinal);
        return kept.Where(shard =>
            !(shard.ParentShardId is { } parent && ids.Contains(parent))
            && !(shard.AdjacentParentShardId is { } adjacent && ids.Contains(adjacent)));
    }

    private static bool EndsAtOrAfter(ShardDescription shard, DateTimeOffset time) =>
        shard.ClosedAt is not { } closed || closed >= time;

    private void CheckPair(string member, bool isGiven, bool isNeeded)
    {
        if (isGiven != isNeeded)
        {
            throw KinesisErrors.InvalidArgument(isNeeded
                ? $"ShardFilter of type {Type} needs a {member}."
                : $"{member} cannot be given with a ShardFilter of type {Type}.");
        }
    }
}
