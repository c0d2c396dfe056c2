using Tarn.ContinuousQueries.Subscriptions;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>What a staged epoch says of itself, as JSON. Layout: docs/formats/sink-output.md.</summary>
internal sealed record SinkEpochHeader
{
    /// <summary>Whose it is.</summary>
    public required string SinkId { get; init; }

    public required long Number { get; init; }

    public required long Version { get; init; }

    public required long First { get; init; }

    public required bool Appends { get; init; }

    public required IReadOnlyList<ViewColumn> Columns { get; init; }

    public string? Place { get; init; }

    public required int Rows { get; init; }

    /// <summary>Null: no removals follow.</summary>
    public int? Removed { get; init; }
}
