using Tarn.Formats.Compression;

namespace Tarn.Delivery;

/// <summary>A delivery stream as it stands.</summary>
public sealed record DeliveryStatus
{
    public required DeliverySpec Spec { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Delivered to the table since creation.</summary>
    public long Records { get; init; }

    public long Objects { get; init; }

    /// <summary>
    /// Records that are not one JSON object: kept in objects below <c>&lt;prefix&gt;errors/&lt;table&gt;/</c>
    /// instead.
    /// </summary>
    public long BadRecords { get; init; }

    /// <summary>Age of the oldest record that is not delivered yet, in milliseconds; 0 when all are.</summary>
    public long LagMilliseconds { get; init; }

    /// <summary>The newest object, <c>s3://…</c>, or null.</summary>
    public string? LastObject { get; init; }

    public DateTimeOffset? LastDeliveredAt { get; init; }

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? LastError { get; init; }
}
