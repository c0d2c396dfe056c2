namespace Tarn.Sql.Translation;

/// <summary>A query for DuckDB whose tables are still to be given.</summary>
public sealed class TranslatedQuery
{
    private readonly IReadOnlyList<string> _commonTables;
    private readonly bool _isRecursive;
    private readonly string _body;

    internal TranslatedQuery(
        IReadOnlyList<TranslatedColumn> columns,
        IReadOnlyList<TableScan> scans,
        IReadOnlyList<string> commonTables,
        bool isRecursive,
        string body)
    {
        Columns = columns;
        Scans = scans;
        _commonTables = commonTables;
        _isRecursive = isRecursive;
        _body = body;
    }

    public IReadOnlyList<TranslatedColumn> Columns { get; }

    public IReadOnlyList<TableScan> Scans { get; }

    /// <summary>
    /// The whole SELECT; <paramref name="relation"/> gives the DuckDB query that yields a table's used columns.
    /// </summary>
    public string Print(Func<TableScan, string> relation)
    {
        var tables = Scans
            .Select(scan => $"{scan.Alias} AS NOT MATERIALIZED ({WithMentioned(scan, relation(scan))})")
            .Concat(_commonTables)
            .ToList();
        var with = _isRecursive ? "WITH RECURSIVE" : "WITH";
        return tables.Count == 0 ? _body : $"{with} {string.Join(", ", tables)} {_body}";
    }

    /// <summary>Columns that are named but not read are NULL.</summary>
    private static string WithMentioned(TableScan scan, string relation)
    {
        var unread = scan.Mentioned.Except(scan.Columns).Order(StringComparer.Ordinal).ToList();
        if (unread.Count == 0)
        {
            return relation;
        }

        var types = scan.Table.Columns.Select(column => (column.Name, column.Type))
            .Concat(scan.Table.Hidden.Select(column => (column.Name, Type: (Types.SqlType?)column.Type)))
            .DistinctBy(column => column.Name)
            .ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        var nulls = unread.Select(name =>
            $"CAST(NULL AS {(types.GetValueOrDefault(name) ?? Types.SqlType.Unknown).DuckDbName}) AS "
            + DuckText.Name(name));
        return $"SELECT *, {string.Join(", ", nulls)} FROM ({relation}) AS u";
    }
}
