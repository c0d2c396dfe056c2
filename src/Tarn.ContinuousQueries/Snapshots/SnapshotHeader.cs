using Tarn.ContinuousQueries.Runtime;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>What a snapshot says of itself, as JSON. Layout: docs/formats/view-snapshot.md.</summary>
internal sealed record SnapshotHeader
{
    public required string ViewId { get; init; }

    /// <summary>SHA-256 of the plan's fingerprint, lower-case hex: state of one plan is not read by another.</summary>
    public required string PlanHash { get; init; }

    public required long ViewVersion { get; init; }

    public required long Records { get; init; }

    public required long BadRecords { get; init; }

    public required int Groups { get; init; }

    /// <summary>Id of the stream that the offsets belong to.</summary>
    public string? StreamId { get; init; }

    /// <summary>Where to read on.</summary>
    public required IReadOnlyList<ShardCursor> Shards { get; init; }

    /// <summary>The newest bad records, oldest first.</summary>
    public required IReadOnlyList<BadRecord> Bad { get; init; }
}
