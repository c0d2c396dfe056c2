using Tarn.Catalog.Tables;
using Tarn.DuckDb.NativeTables;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding;

/// <summary>A table that a name stands for: of the catalog, or live.</summary>
/// <param name="Table">Of the catalog; null of a live table.</param>
/// <param name="Live">Its rows as of now; null of a table of the catalog.</param>
/// <param name="Types">Of every column that SQL can use, by lower-case name.</param>
internal sealed record BoundTable(
    TableName Name, Table? Table, INativeTable? Live, IReadOnlyDictionary<string, SqlType> Types);
