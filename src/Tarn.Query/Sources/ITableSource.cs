using Tarn.Catalog.Tables;
using Tarn.DuckDb.NativeTables;

namespace Tarn.Query.Sources;

/// <summary>
/// Tables that are not files in the catalog, such as the live state of a materialized view. Higher storeys
/// implement it; the executable joins them. Thread-safe.
/// </summary>
public interface ITableSource
{
    /// <summary>The names it serves now.</summary>
    IReadOnlyList<TableName> List();

    /// <summary>A consistent snapshot of the table's rows as of now, or null when it is not this source's.</summary>
    ValueTask<INativeTable?> OpenAsync(TableName name, CancellationToken cancellation);
}
