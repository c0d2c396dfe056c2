using Tarn.Primitives.Errors;
using Tarn.Sql.Lexing;

namespace Tarn.Sql.Parsing;

/// <summary>Hints at words of other dialects and at misspelt keywords.</summary>
internal static class ForeignWords
{
    private static readonly string[] Starts =
    [
        "ALTER", "CREATE", "DESCRIBE", "DROP", "EXECUTE", "EXPLAIN", "INSERT", "PREPARE", "SELECT", "SHOW", "UNLOAD",
        "VALUES", "WITH",
    ];

    private static readonly string[] Clauses =
    [
        "BETWEEN", "CROSS", "DISTINCT", "EXCEPT", "FETCH", "FROM", "GROUP", "HAVING", "INNER", "INTERSECT", "JOIN",
        "LEFT", "LIMIT", "OFFSET", "ORDER", "RIGHT", "UNION", "WHERE",
    ];

    private static readonly Dictionary<string, string> Hints = new(StringComparer.OrdinalIgnoreCase)
    {
        ["RLIKE"] = "use regexp_like(value, pattern)",
        ["REGEXP"] = "use regexp_like(value, pattern)",
        ["ILIKE"] = "compare lower(value) LIKE pattern",
        ["SIMILAR"] = "use regexp_like(value, pattern)",
        ["QUALIFY"] = "filter the window function's result in an outer SELECT",
        ["TOP"] = "write LIMIT n at the end",
        ["DIV"] = "/ of two integers truncates",
        ["MOD"] = "write % or mod(a, b)",
        ["OVERWRITE"] = "INSERT INTO appends; there is no INSERT OVERWRITE",
        ["SORT"] = "use ORDER BY",
        ["DISTRIBUTE"] = "leave it out",
        ["CLUSTER"] = "leave it out",
        ["PIVOT"] = "use an aggregate with FILTER for each column",
        ["UNPIVOT"] = "use CROSS JOIN UNNEST over an array of rows",
        ["VIEW"] = "LATERAL VIEW explode(x) t AS a is CROSS JOIN UNNEST(x) AS t (a) here",
        ["STRAIGHT_JOIN"] = "use JOIN",
        ["SEMI"] = "use WHERE EXISTS (SELECT ...)",
        ["ANTI"] = "use WHERE NOT EXISTS (SELECT ...)",
        ["ISNULL"] = "use IS NULL",
        ["NOTNULL"] = "use IS NOT NULL",
    };

    /// <summary>A hint at <paramref name="current"/>, which stands where it cannot; null when there is none.</summary>
    public static string? Hint(Token before, Token current, IEnumerable<string> expecting)
    {
        if (current.Kind == TokenKind.Word && Hints.TryGetValue(current.Text, out var hint))
        {
            return hint;
        }

        switch (current.Kind == TokenKind.Symbol ? current.Text : "")
        {
            case "'": return "the string is not closed";
            case "\"" or "`": return "the quoted name is not closed";
            case ":": return "use CAST(value AS type)";
            case "=" when before.IsSymbol("="): return "equality is one '='";
            case "," when before.Kind == TokenKind.Integer: return "use OFFSET n LIMIT m";
        }

        // "FROM t WHER x = 1" reads WHER as a name and stumbles over x.
        if (before.Kind == TokenKind.Word
            && (Hints.TryGetValue(before.Text, out hint) || Near(before.Text, Clauses) is { } near
                && (hint = $"did you mean '{near}'?") is not null))
        {
            return hint;
        }

        return current.Kind == TokenKind.Word && current.Text.Length > 2 && !Keywords.IsReserved(current.Text)
            ? Suggestion.Hint(current.Text.ToUpperInvariant(), before.Text is null ? Starts : expecting)
            : null;
    }

    /// <summary>The keyword that a word of the same first letter is a slip of.</summary>
    private static string? Near(string word, IEnumerable<string> known)
    {
        var upper = word.ToUpperInvariant();
        return upper.Length > 2 && !known.Contains(upper)
            && Suggestion.Nearest(upper, known) is { } nearest && nearest[0] == upper[0]
            ? nearest
            : null;
    }
}
