namespace Tarn.Commands.Sql;

/// <summary>What a word that was begun may become: keywords, names of the catalog, backslash commands.</summary>
internal sealed class Completion
{
    private static readonly string[] Commands =
        ["\\?", "\\c", "\\d", "\\format", "\\l", "\\o", "\\q", "\\timing", "\\x"];

    private static readonly string[] Keywords =
    [
        "ALTER", "AND", "ARRAY", "AS", "ASC", "BETWEEN", "BY", "CASE", "CAST", "COLUMNS", "CREATE", "CROSS",
        "CURRENT_DATE", "CURRENT_TIMESTAMP", "DATABASE", "DATABASES", "DEALLOCATE", "DESC", "DESCRIBE",
        "DISTINCT", "DROP", "ELSE", "END", "EXECUTE", "EXISTS", "EXPLAIN", "EXTERNAL", "FALSE", "FILTER",
        "FROM", "FULL", "GROUP", "HAVING", "IF", "IN", "INNER", "INSERT", "INTERVAL", "INTO", "IS", "JOIN",
        "LEFT", "LIKE", "LIMIT", "LOCATION", "MATERIALIZED", "MSCK", "NOT", "NULL", "OFFSET", "ON", "OR",
        "ORDER", "OUTER", "OVER", "PARTITION", "PARTITIONED", "PARTITIONS", "PREPARE", "REPAIR", "RIGHT",
        "SELECT", "SHOW", "TABLE", "TABLES", "TBLPROPERTIES", "THEN", "TRUE", "UNION", "UNLOAD", "UNNEST",
        "USING", "VALUES", "VIEW", "VIEWS", "WHEN", "WHERE", "WINDOW", "WITH",
    ];

    private readonly List<(string Database, string Table, IReadOnlyList<string> Columns)> tables = [];

    /// <summary>What the catalog has now, in place of what was known.</summary>
    public void Learn(IEnumerable<(string Database, string Table, IReadOnlyList<string> Columns)> known)
    {
        tables.Clear();
        tables.AddRange(known);
    }

    /// <summary>Where the word before the cursor begins that would be completed.</summary>
    public static int StartOf(string text, int cursor)
    {
        var start = cursor;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '.' or '\\' or '"'))
        {
            start--;
        }

        return start;
    }

    /// <summary>
    /// The words that begin so, sorted. After a point come the tables of a database, or the columns of a table.
    /// </summary>
    public IReadOnlyList<string> Of(string word)
    {
        if (word.StartsWith('\\'))
        {
            return [.. Commands.Where(command => command.StartsWith(word, StringComparison.Ordinal))];
        }

        var point = word.LastIndexOf('.');
        var before = point < 0 ? "" : word[..point];
        IEnumerable<string> found = point < 0
            ? Keywords
                .Select(keyword => word.Length > 0 && char.IsLower(word[0]) ? keyword.ToLowerInvariant() : keyword)
                .Concat(tables.SelectMany(table => table.Columns.Prepend(table.Table).Prepend(table.Database)))
            : tables.Where(table => IsSame(table.Database, before)).Select(table => $"{before}.{table.Table}")
                .Concat(tables
                    .Where(table => IsSame(table.Table, before) || IsSame($"{table.Database}.{table.Table}", before))
                    .SelectMany(table => table.Columns.Select(column => $"{before}.{column}")));
        return
        [
            .. found
                .Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>The longest beginning that all have, in the spelling of the first.</summary>
    public static string Common(IReadOnlyList<string> words)
    {
        var first = words[0];
        var length = first.Length;
        foreach (var word in words)
        {
            var same = 0;
            while (same < Math.Min(length, word.Length)
                && char.ToUpperInvariant(word[same]) == char.ToUpperInvariant(first[same]))
            {
                same++;
            }

            length = same;
        }

        return first[..length];
    }

    private static bool IsSame(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
