using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries.Batches;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>A table of the lake, or another view, that each batch of records is joined with as it stands.</summary>
/// <param name="Table">The temporary table of the batch's session that holds its rows.</param>
/// <param name="Columns">Those that the view uses, of DuckDB's types.</param>
internal sealed record LookupPlan(string Table, TableName Name, IReadOnlyList<DuckDbColumn> Columns)
{
    /// <summary>Name under which rows that were read are registered while <see cref="MakeSql"/> takes them.</summary>
    public const string RowsTable = "tarn_lookup_rows";

    /// <summary>Types in which rows are read: each column has a form that can be held.</summary>
    public IReadOnlyList<CellType> Types =>
        [.. Columns.Select(column => FormOf(column).Type).DefaultIfEmpty(CellType.Of(OneColumn.Type)!)];

    /// <summary>The columns of <see cref="RowsTable"/>.</summary>
    public IReadOnlyList<DuckDbColumn> RowColumns =>
        [.. Columns.DefaultIfEmpty(OneColumn).Zip(Types, (column, type) => new DuckDbColumn(column.Name, type.Sql))];

    /// <summary>Makes the temporary table of <see cref="RowsTable"/>.</summary>
    public string MakeSql
    {
        get
        {
            var columns = Columns.Select(column =>
                $"{FormOf(column).Restore(SqlText.Name(column.Name))} AS {SqlText.Name(column.Name)}");
            return $"CREATE OR REPLACE TEMP TABLE {Table} AS SELECT "
                + $"{string.Join(", ", columns.DefaultIfEmpty(OneColumn.Name))} FROM {RowsTable}";
        }
    }

    /// <summary>Equal for lookups that give the same rows.</summary>
    public string Fingerprint =>
        $"{Table}: {Name}({string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type}"))})";

    /// <summary>What stands where the view uses no column at all.</summary>
    private static DuckDbColumn OneColumn { get; } = new("tarn_row", "INTEGER");

    /// <summary>The table's rows as <see cref="Types"/> has them, of a relation that has its columns.</summary>
    public string ReadSql(string relation, long rowsMax)
    {
        var columns = Columns.Select(column => FormOf(column).Store(SqlText.Name(column.Name)));
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"SELECT {string.Join(", ", columns.DefaultIfEmpty("1"))} FROM ({relation}) AS tarn_lake LIMIT {rowsMax}");
    }

    private static StoredForm FormOf(DuckDbColumn column) => StoredForm.Of(column.Type)!;
}
