using Tarn.ContinuousQueries.Definitions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>Reads the heads of this room's statements. The SELECT of a view is left to DuckDB's own parser.</summary>
internal static class StatementParser
{
    private static readonly string[][] Heads =
    [
        ["CREATE", "SOURCE"], ["CREATE", "MATERIALIZED", "VIEW"], ["CREATE", "SINK"], ["CREATE", "ALERT"],
        ["CREATE", "OR", "REPLACE", "SOURCE"], ["CREATE", "OR", "REPLACE", "MATERIALIZED", "VIEW"],
        ["CREATE", "OR", "REPLACE", "SINK"], ["CREATE", "OR", "REPLACE", "ALERT"],
        ["ALTER", "SOURCE"], ["ALTER", "MATERIALIZED", "VIEW"],
        ["DROP", "SOURCE"], ["DROP", "MATERIALIZED", "VIEW"], ["DROP", "SINK"], ["DROP", "ALERT"],
        ["SHOW", "SOURCES"], ["SHOW", "MATERIALIZED", "VIEWS"], ["SUBSCRIBE"],
    ];

    /// <summary>Judged by the first words only.</summary>
    public static bool Handles(string sql)
    {
        var words = SqlLexer.Read(sql).Take(5).TakeWhile(token => token.Kind == SqlTokenKind.Word).ToList();
        return Heads.Any(head => words.Count >= head.Length && head.Zip(words).All(pair => pair.Second.Is(pair.First)));
    }

    /// <summary>Throws Invalid (syntax) or Unsupported (known, but not here).</summary>
    public static Statement Parse(string sql)
    {
        var tokens = new TokenReader(sql);
        if (tokens.TryTake("CREATE", "SOURCE"))
        {
            return ParseSource(tokens, sql);
        }

        if (tokens.TryTake("CREATE", "MATERIALIZED", "VIEW"))
        {
            return ParseView(tokens, sql, orReplace: false);
        }

        if (tokens.TryTake("CREATE", "OR", "REPLACE", "MATERIALIZED", "VIEW"))
        {
            return ParseView(tokens, sql, orReplace: true);
        }

        if (tokens.TryTake("DROP", "SOURCE"))
        {
            var ifExists = tokens.TryTake("IF", "EXISTS");
            var name = TakeLowerName(tokens, "the source's name");
            tokens.TakeEnd();
            return new Statement.DropSource(name, ifExists);
        }

        if (tokens.TryTake("DROP", "MATERIALIZED", "VIEW"))
        {
            var ifExists = tokens.TryTake("IF", "EXISTS");
            var (database, name) = TakeQualifiedName(tokens, "the view's name");
            tokens.TakeEnd();
            return new Statement.DropView(name, database, ifExists);
        }

        return ParseRest(tokens);
    }

    private static Statement ParseRest(TokenReader tokens)
    {
        if (tokens.TryTake("SHOW", "SOURCES"))
        {
            tokens.TakeEnd();
            return new Statement.ShowSources();
        }

        if (tokens.TryTake("SHOW", "MATERIALIZED", "VIEWS"))
        {
            tokens.TakeEnd();
            return new Statement.ShowViews();
        }

        foreach (var head in Heads)
        {
            if (tokens.TryTake(head))
            {
                throw new TarnException(
                    ErrorKind.Unsupported, $"{string.Join(' ', head)} is not supported", hint: RefusalHint(head));
            }
        }

        throw tokens.Expected("CREATE, DROP or SHOW of SOURCE or MATERIALIZED VIEW");
    }

    private static string? RefusalHint(string[] head) => head switch
    {
        ["ALTER", "SOURCE"] or ["CREATE", "OR", "REPLACE", "SOURCE"] =>
            "drop the source and its views, then create them again",
        ["ALTER", ..] => "use CREATE OR REPLACE MATERIALIZED VIEW; it counts again from the stream's oldest record",
        ["SUBSCRIBE"] => "read the view as a table, or put it on a dashboard",
        _ => null,
    };

    private static Statement.CreateSource ParseSource(TokenReader tokens, string sql)
    {
        var text = tokens.CanonicalRest();
        RefuseIfNotExists(tokens);
        var name = TakeLowerName(tokens, "the source's name");
        tokens.Take("(");
        var columns = new List<SourceColumn>();
        do
        {
            if (tokens.TryTake("WATERMARK", "FOR"))
            {
                throw new TarnException(
                    ErrorKind.Unsupported, $"WATERMARK of source '{name}' is not supported",
                    hint: "leave it out; views count every record whenever it comes");
            }

            var column = tokens.TakeName("a column name");
            if (columns.Any(known => known.Name.Equals(column, StringComparison.OrdinalIgnoreCase)))
            {
                throw new TarnException(ErrorKind.Invalid, $"column '{column}' of source '{name}' is declared twice");
            }

            columns.Add(new SourceColumn(column, SourceTypes.Take(tokens, column)));
            if (tokens.Current is { } next && !next.Is(",") && !next.Is(")"))
            {
                throw tokens.Expected("',' or ')'");
            }
        }
        while (tokens.TryTake(","));
        tokens.Take(")");
        tokens.Take("FROM", "STREAM");
        var stream = tokens.TakeText("the stream's name in single quotes");
        tokens.Take("FORMAT");
        var format = tokens.TakeName("the format");
        if (!format.Equals("JSON", StringComparison.OrdinalIgnoreCase))
        {
            throw new TarnException(
                ErrorKind.Unsupported, $"format {format.ToUpperInvariant()} of source '{name}' is not supported",
                    hint: "use JSON");
        }

        tokens.TakeEnd();
        return new Statement.CreateSource(name, columns, stream, sql, text);
    }

    private static Statement.CreateView ParseView(TokenReader tokens, string sql, bool orReplace)
    {
        RefuseIfNotExists(tokens);
        var (database, name) = TakeQualifiedName(tokens, "the view's name");
        if (tokens.Current is { } next && (next.Is("(") || next.Is("WITH")))
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                next.Is("(")
                    ? $"a column list of view '{name}' is not supported"
                        : $"WITH (...) of view '{name}' is not supported",
                hint: next.Is("(") ? "name the columns in the SELECT with AS" : null);
        }

        tokens.Take("AS");
        if (tokens.RestContains("EMIT", "ON"))
        {
            throw new TarnException(
                ErrorKind.Unsupported, $"EMIT ON of view '{name}' is not supported",
                    hint: "views show every change at once");
        }

        if (tokens.AtEnd)
        {
            throw tokens.Expected("SELECT");
        }

        return new Statement.CreateView(name, database, orReplace, tokens.Rest(), sql, tokens.CanonicalRest());
    }

    private static void RefuseIfNotExists(TokenReader tokens)
    {
        if (tokens.TryTake("IF", "NOT", "EXISTS"))
        {
            throw new TarnException(
                ErrorKind.Unsupported, "IF NOT EXISTS is not supported",
                hint: "leave it out; the same definition again changes nothing");
        }
    }

    private static string TakeLowerName(TokenReader tokens, string what)
    {
        var name = tokens.TakeName(what).ToLowerInvariant();
        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') && name.Length <= 255
            ? name
            : throw new TarnException(
                ErrorKind.Invalid,
                    $"name '{name}' has characters other than letters, digits, _ and -, or more than 255");
    }

    private static (string? Database, string Name) TakeQualifiedName(TokenReader tokens, string what)
    {
        var first = TakeLowerName(tokens, what);
        return tokens.TryTake(".") ? (first, TakeLowerName(tokens, what)) : (null, first);
    }
}
