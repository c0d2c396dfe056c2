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
            .Select(scan => $"{scan.Alias} AS NOT MATERIALIZED ({relation(scan)})")
            .Concat(_commonTables)
            .ToList();
        var with = _isRecursive ? "WITH RECURSIVE" : "WITH";
        return tables.Count == 0 ? _body : $"{with} {string.Join(", ", tables)} {_body}";
    }
}
