using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// How a view is kept: DuckDB turns a batch of records into one row per group (<see cref="BatchSql"/>), the state
/// merges those rows, and DuckDB turns merged rows into the view's (<see cref="FinalSql"/>).
/// </summary>
internal sealed record ViewPlan
{
    /// <summary>Name under which a batch's records are registered in the session.</summary>
    public const string BatchTable = "tarn_batch";

    /// <summary>Name under which merged rows are registered in the session.</summary>
    public const string StateTable = "tarn_state";

    /// <summary>Keys first, then the partials' columns.</summary>
    public required string BatchSql { get; init; }

    public required IReadOnlyList<CellType> BatchTypes { get; init; }

    public required IReadOnlyList<CellType> KeyTypes { get; init; }

    public required IReadOnlyList<PartialSpec> Partials { get; init; }

    /// <summary>Keys first, then the partials' columns, as <see cref="FinalSql"/> reads them.</summary>
    public required IReadOnlyList<DuckDbColumn> StateColumns { get; init; }

    public required string FinalSql { get; init; }

    public required IReadOnlyList<CellType> FinalTypes { get; init; }

    public required IReadOnlyList<ViewColumn> Columns { get; init; }

    /// <summary>
    /// True when a row is known by its key columns and never leaves the view, so that changed rows alone tell what
    /// changed. False with HAVING, or when a key is not among the columns.
    /// </summary>
    public required bool ChangesAreKeyed { get; init; }

    /// <summary>Equal for plans that can share a snapshot.</summary>
    public string Fingerprint => BatchSql + "\n" + string.Join(
        ',', Partials.Select(partial => $"{(int)partial.Kind}:{partial.Value.Sql}:{partial.Order?.Sql}"));
}
