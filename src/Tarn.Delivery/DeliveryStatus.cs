using System.Collections.Immutable;

namespace Tarn.Delivery;

/// <summary>A delivery stream as it stands.</summary>
public sealed record DeliveryStatus
{
    /// <summary>The settings, but for an endpoint's access key.</summary>
    public required DeliverySpec Spec { get; init; }

    /// <summary>Of the destination: 1, and one more with each change.</summary>
    public long Version { get; init; } = 1;

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = DeliveryTags.None;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Lines and rows delivered since creation; of an endpoint, records that it took.</summary>
    public long Records { get; init; }

    /// <summary>Data objects, or requests that an endpoint took.</summary>
    public long Objects { get; init; }

    /// <summary>Records that failed: kept in objects below the error prefix instead.</summary>
    public long BadRecords { get; init; }

    /// <summary>Age of the oldest record that is not delivered yet, in milliseconds; 0 when all are.</summary>
    public long LagMilliseconds { get; init; }

    /// <summary>The newest object, <c>s3://…</c>, the endpoint's URL, or null.</summary>
    public string? LastObject { get; init; }

    public DateTimeOffset? LastDeliveredAt { get; init; }

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? LastError { get; init; }

    /// <summary>Shard by shard, the backup's after the destination's.</summary>
    public IReadOnlyList<DeliveryShard> Shards { get; init; } = [];

    /// <summary>
    /// Columns that the table could have: members of records that it has none for, by name, each with a type that holds
    /// what was seen.
    /// </summary>
    public IReadOnlyDictionary<string, string> SuggestedColumns { get; init; } = new Dictionary<string, string>();
}
