using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Shards;

/// <summary>What a shard's loop knows beyond its checkpoint.</summary>
/// <param name="OldestPending">Arrival of the oldest record that waits for delivery, or null.</param>
/// <param name="LastError">Why the last attempt failed; null when it did not.</param>
/// <param name="Next">The first record that waits for delivery, or null.</param>
internal sealed record ShardProgress(DateTimeOffset? OldestPending, string? LastError, SequenceNumber? Next);
