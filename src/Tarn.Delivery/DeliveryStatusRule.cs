using Tarn.Catalog.Tables;
using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Lanes;
using Tarn.Delivery.Shards;
using Tarn.Delivery.Specs;
using Tarn.Delivery.Suggestions;

namespace Tarn.Delivery;

/// <summary>The status as the sum of what the shards stored and what their loops know.</summary>
internal static class DeliveryStatusRule
{
    /// <param name="table">That the records go to, or null.</param>
    /// <param name="followers">One per lane while it runs.</param>
    public static DeliveryStatus Of(
        DeliveryResource resource,
        Table? table,
        IReadOnlyList<StoredCheckpoint> checkpoints,
        IReadOnlyList<StreamFollower> followers,
        DateTimeOffset now)
    {
        var spec = resource.Delivery!;
        var shards = DeliveryLane.Of(spec)
            .SelectMany(lane => Shards(lane, checkpoints, followers, now))
            .ToList();
        var main = DeliveryLane.Of(spec)[0];
        var delivered = checkpoints
            .Where(stored => IsOf(main, stored))
            .Select(stored => stored.Checkpoint)
            .ToList();
        var newest = delivered.Where(item => item.LastObject is not null).MaxBy(item => item.LastDeliveredAt);
        return new DeliveryStatus
        {
            Spec = spec with { Destination = WithoutSecrets(spec.Destination) },
            Version = resource.Version,
            Tags = resource.Tags ?? DeliveryTags.None,
            CreatedAt = resource.CreatedAt,
            UpdatedAt = resource.UpdatedAt ?? resource.CreatedAt,
            Records = delivered.Sum(item => item.Records),
            Objects = delivered.Sum(item => item.Objects),
            BadRecords = delivered.Sum(item => item.BadRecords),
            LagMilliseconds = followers.Count == 0 ? 0 : followers.Max(follower => LagMilliseconds(follower, now)),
            LastObject = newest?.LastObject,
            LastDeliveredAt = delivered.Max(item => item.LastDeliveredAt),
            LastError = followers.Select(follower => follower.LastError).FirstOrDefault(error => error is not null),
            Shards = shards,
            SuggestedColumns = Suggest(table, delivered),
        };
    }

    /// <summary>Age of the oldest record that waits for delivery, 0 when none does.</summary>
    public static long LagMilliseconds(StreamFollower follower, DateTimeOffset now) =>
        Age(follower.OldestPending, now);

    private static DeliveryDestination WithoutSecrets(DeliveryDestination destination) =>
        destination is EndpointDestination endpoint ? endpoint with { AccessKey = null } : destination;

    private static long Age(DateTimeOffset? oldest, DateTimeOffset now) =>
        oldest is { } time ? Math.Max(0, (long)(now - time).TotalMilliseconds) : 0;

    private static bool IsOf(DeliveryLane lane, StoredCheckpoint stored) =>
        stored.Name.LastIndexOf('/') == lane.Key.Length;

    private static IEnumerable<DeliveryShard> Shards(
        DeliveryLane lane,
        IReadOnlyList<StoredCheckpoint> checkpoints,
        IReadOnlyList<StreamFollower> followers,
        DateTimeOffset now)
    {
        var progress = followers.FirstOrDefault(follower => follower.Lane.Key == lane.Key)?.Progress
            ?? new Dictionary<string, ShardProgress>();
        var stored = checkpoints
            .Where(checkpoint => IsOf(lane, checkpoint))
            .ToDictionary(checkpoint => checkpoint.Name[(lane.Key.Length + 1)..], checkpoint => checkpoint.Checkpoint);
        foreach (var shardId in stored.Keys.Union(progress.Keys).Order(StringComparer.Ordinal))
        {
            var (known, running) = (stored.GetValueOrDefault(shardId), progress.GetValueOrDefault(shardId));
            yield return new DeliveryShard
            {
                ShardId = shardId,
                IsBackup = lane.IsBackup,
                Next = (known?.Next ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture),
                Records = known?.Records ?? 0,
                BadRecords = known?.BadRecords ?? 0,
                LagMilliseconds = Age(running?.OldestPending, now),
                LastObject = known?.LastObject,
                LastError = running?.LastError,
            };
        }
    }

    /// <summary>What the shards met, without the columns that the table has got since.</summary>
    private static SortedDictionary<string, string> Suggest(Table? table, IEnumerable<ShardCheckpoint> checkpoints)
    {
        var columns = (table?.Storage.Columns ?? []).Concat(table?.PartitionKeys ?? [])
            .Select(column => column.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, type) in checkpoints.SelectMany(item => item.UnknownMembers ?? UnknownMembers.None))
        {
            if (!columns.Contains(name))
            {
                found[name] = found.TryGetValue(name, out var known) ? MemberType.Widest(known, type) : type;
            }
        }

        return found;
    }
}
