using Tarn.DuckDb.Results;

namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// Rows in memory that DuckDB pulls through a native table function. May be scanned several times, also at once.
/// </summary>
public interface INativeTable
{
    /// <summary>
    /// Name and DuckDB type: BOOLEAN, INTEGER, BIGINT, DOUBLE, VARCHAR, DATE, TIMESTAMP, TIMESTAMPTZ, DECIMAL(p,s),
    /// JSON.
    /// </summary>
    IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>Begins a scan.</summary>
    INativeTableScan Open();
}
