using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// State that a view keeps of one source: DuckDB turns a batch of records into rows (<see cref="BatchSql"/>), the state
/// merges those of equal keys, or keeps each of them, and <see cref="FinalSql"/> reads the state as a table.
/// </summary>
internal sealed record LeafPlan
{
    private string? _timedSql;

    public required SourceSpec Source { get; init; }

    /// <summary>Keys first, then the partials' columns.</summary>
    public required string BatchSql { get; init; }

    public required IReadOnlyList<CellType> BatchTypes { get; init; }

    public required IReadOnlyList<CellType> KeyTypes { get; init; }

    public required IReadOnlyList<PartialSpec> Partials { get; init; }

    /// <summary>Keys first, then the partials' columns, as <see cref="FinalSql"/> reads them.</summary>
    public required IReadOnlyList<DuckDbColumn> StateColumns { get; init; }

    /// <summary>Reads <see cref="ViewPlan.StateTable"/> of this leaf.</summary>
    public required string FinalSql { get; init; }

    /// <summary>As <see cref="FinalSql"/>, of keys alone: the other columns are NULL. Null when rows are not known by
    /// their keys.</summary>
    public string? KeySql { get; init; }

    /// <summary>Every row of a batch is kept: the last key is a number of its own.</summary>
    public bool KeepsRows { get; init; }

    /// <summary>Reads the state of this leaf and gives the keys of kept rows that no result will show again. Null: none
    /// is known.</summary>
    public string? TrimSql { get; init; }

    /// <summary>The windows by which groups or rows close, or null.</summary>
    public WindowPlan? Window { get; init; }

    /// <summary>Which key is the window's start; -1: none.</summary>
    public int StartKey { get; init; } = -1;

    /// <summary>Which key is the window's end; -1: none.</summary>
    public int EndKey { get; init; } = -1;

    /// <summary>Groups are hidden until their window has closed.</summary>
    public bool EmitsOnClose { get; init; }

    /// <summary><see cref="BatchSql"/> as it is run, planned once for all batches.</summary>
    /// <param name="closed">Microseconds: windows that end up to there take no more records.</param>
    public (string Sql, IReadOnlyList<long> Parameters) BatchQuery(long closed) =>
        Window is { Kind: not WindowKind.Session } ? (_timedSql ??= BatchSql.Replace(
            WindowPlan.ClosedLiteral, "CAST($1 AS BIGINT)", StringComparison.Ordinal), [closed]) : (BatchSql, []);

    /// <summary>What records are joined with, as it stands when their batch is computed.</summary>
    public IReadOnlyList<LookupPlan> Lookups { get; init; } = [];

    /// <summary>The join whose rows this leaf takes, instead of a batch's records; its sides' leaves follow this one.
    /// </summary>
    public IntervalJoinPlan? Join { get; init; }

    /// <summary>Of a side of a join: microseconds for which rows stay after <see cref="EndKey"/>. Null: the view's time
    /// to live counts.</summary>
    public long? KeptFor { get; init; }

    /// <summary>Holds rows for a join, which nobody else reads.</summary>
    public bool IsSide => KeptFor is not null;

    /// <summary>Equal for plans that can share a snapshot.</summary>
    public string Fingerprint => BatchSql + "\n" + string.Join(
        ',', Partials.Select(partial => $"{(int)partial.Kind}:{partial.Value.Sql}:{partial.Order?.Sql}"))
        + (EmitsOnClose ? "\nemits on close" : "")
        + string.Concat(Lookups.Select(lookup => "\n" + lookup.Fingerprint));
}
