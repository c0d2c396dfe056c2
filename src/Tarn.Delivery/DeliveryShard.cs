namespace Tarn.Delivery;

/// <summary>How far a delivery stream has come in one shard.</summary>
public sealed record DeliveryShard
{
    public required string ShardId { get; init; }

    /// <summary>True when this is about the backup of records as they came.</summary>
    public required bool IsBackup { get; init; }

    /// <summary>Every record below this sequence number is delivered; decimal text.</summary>
    public required string Next { get; init; }

    public required long Records { get; init; }

    public required long BadRecords { get; init; }

    /// <summary>Age of the oldest record that waits, in milliseconds.</summary>
    public required long LagMilliseconds { get; init; }

    public required string? LastObject { get; init; }

    public required string? LastError { get; init; }
}
