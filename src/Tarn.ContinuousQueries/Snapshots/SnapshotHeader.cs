using System.Text.Json.Serialization;
using Tarn.ContinuousQueries.Runtime;
using Tarn.ContinuousQueries.Sinks;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>What a snapshot says of itself, as JSON. Layout: docs/formats/view-snapshot.md.</summary>
internal sealed record SnapshotHeader
{
    public required string ViewId { get; init; }

    /// <summary>SHA-256 of the plan's fingerprint, lower-case hex: state of one plan is not read by another.</summary>
    public required string PlanHash { get; init; }

    public required long ViewVersion { get; init; }

    /// <summary>Of the versions up to <see cref="ViewVersion"/>. Null: written before there were any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Incarnation { get; init; }

    public required long Records { get; init; }

    public required long BadRecords { get; init; }

    /// <summary>Records that came when all their windows were closed.</summary>
    public long LateRecords { get; init; }

    /// <summary>Microseconds since 1970-01-01 UTC; null: no event has set it.</summary>
    public long? Watermark { get; init; }

    /// <summary>By source. Of version 1: see <see cref="Shards"/>.</summary>
    public IReadOnlyList<SnapshotInput> Inputs { get; init; } = [];

    /// <summary>In the order of the plan's leaves. Of version 1: see <see cref="Groups"/>.</summary>
    public IReadOnlyList<SnapshotLeaf> Leaves { get; init; } = [];

    /// <summary>The newest bad records, oldest first.</summary>
    public required IReadOnlyList<BadRecord> Bad { get; init; }

    /// <summary>The newest late records, oldest first.</summary>
    public IReadOnlyList<LateRecord> Late { get; init; } = [];

    /// <summary>Of a sink only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SinkPosition? Sink { get; init; }

    /// <summary>Version 1: groups of the only leaf.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Groups { get; init; }

    /// <summary>Version 1: the only source's stream.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StreamId { get; init; }

    /// <summary>Version 1: the only source's cursors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ShardCursor>? Shards { get; init; }
}
