using Tarn.Sql.Tree;

namespace Tarn.Sql.Translation;

/// <summary>One mention of a table in a query.</summary>
public sealed class TableScan(string alias, TableSchema table, SqlPosition position)
{
    /// <summary>The name under which the query's text expects the table's rows.</summary>
    public string Alias { get; } = alias;

    public TableSchema Table { get; } = table;

    public SqlPosition Position { get; } = position;

    /// <summary>Columns that the query really uses.</summary>
    public HashSet<string> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Columns that stand in the query's text, also where nothing comes of them, such as in the select list of a
    /// derived table whose column nobody reads.
    /// </summary>
    public HashSet<string> Mentioned { get; } = new(StringComparer.Ordinal);

    /// <summary>Conditions that every row used must meet; for pruning, the query tests them itself.</summary>
    public List<ScanFilter> Filters { get; } = [];

    /// <summary>Further conditions of that sort, on partition keys.</summary>
    public List<KeyCondition> KeyConditions { get; } = [];
}
