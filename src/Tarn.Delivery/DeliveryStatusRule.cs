using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Shards;
using Tarn.Delivery.Specs;

namespace Tarn.Delivery;

/// <summary>The status as the sum of what the shards stored and what their loops know.</summary>
internal static class DeliveryStatusRule
{
    public static DeliveryStatus Of(
        DeliveryResource resource,
        IReadOnlyList<ShardCheckpoint> checkpoints,
        StreamFollower? follower,
        DateTimeOffset now)
    {
        var newest = checkpoints.Where(item => item.LastObject is not null).MaxBy(item => item.LastDeliveredAt);
        return new DeliveryStatus
        {
            Spec = resource.Spec,
            CreatedAt = resource.CreatedAt,
            Records = checkpoints.Sum(item => item.Records),
            Objects = checkpoints.Sum(item => item.Objects),
            BadRecords = checkpoints.Sum(item => item.BadRecords),
            LagMilliseconds = follower is null ? 0 : LagMilliseconds(follower, now),
            LastObject = newest?.LastObject,
            LastDeliveredAt = checkpoints.Max(item => item.LastDeliveredAt),
            LastError = follower?.LastError,
        };
    }

    /// <summary>Age of the oldest record that waits for delivery, 0 when none does.</summary>
    public static long LagMilliseconds(StreamFollower follower, DateTimeOffset now) =>
        follower.OldestPending is { } oldest ? Math.Max(0, (long)(now - oldest).TotalMilliseconds) : 0;
}
