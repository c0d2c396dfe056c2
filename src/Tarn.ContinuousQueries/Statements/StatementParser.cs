using Tarn.ContinuousQueries.Subscriptions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>Reads the heads of this room's statements. The SELECT of a view is left to DuckDB's own parser.</summary>
internal static class StatementParser
{
    private static readonly (string[] Head, Func<TokenReader, string, Statement>? Parse)[] Heads =
    [
        (["CREATE", "SOURCE"], (tokens, sql) => SourceParser.ParseCreate(tokens, sql, orReplace: false)),
        (["CREATE", "OR", "REPLACE", "SOURCE"], (tokens, sql) =>
            SourceParser.ParseCreate(tokens, sql, orReplace: true)),
        (["CREATE", "MATERIALIZED", "VIEW"], (tokens, sql) => ViewParser.ParseCreate(tokens, sql, orReplace: false)),
        (["CREATE", "OR", "REPLACE", "MATERIALIZED", "VIEW"], (tokens, sql) =>
            ViewParser.ParseCreate(tokens, sql, orReplace: true)),
        (["ALTER", "SOURCE"], (tokens, _) => SourceParser.ParseAlter(tokens)),
        (["ALTER", "MATERIALIZED", "VIEW"], (tokens, _) => ViewParser.ParseAlter(tokens)),
        (["DROP", "SOURCE"], (tokens, _) => DropSource(tokens)),
        (["DROP", "MATERIALIZED", "VIEW"], (tokens, _) => DropView(tokens)),
        (["SUBSCRIBE"], (tokens, _) => Subscribe(tokens)),
        (["SHOW", "SOURCES"], (tokens, _) => End(tokens, new Statement.ShowSources())),
        (["SHOW", "MATERIALIZED", "VIEWS"], (tokens, _) => End(tokens, new Statement.ShowViews())),
        (["SHOW", "SINKS"], (tokens, _) => End(tokens, new Statement.ShowSinks())),
        (["SHOW", "CREATE", "SOURCE"], (tokens, _) => OfSource(tokens, name => new Statement.ShowCreateSource(name))),
        (["SHOW", "CREATE", "MATERIALIZED", "VIEW"], (tokens, _) =>
            OfView(tokens, (name, database) => new Statement.ShowCreateView(name, database))),
        (["DESCRIBE", "SOURCE"], (tokens, _) => OfSource(tokens, name => new Statement.DescribeSource(name))),
        (["DESCRIBE", "MATERIALIZED", "VIEW"], (tokens, _) =>
            OfView(tokens, (name, database) => new Statement.DescribeView(name, database))),
        (["EXPLAIN", "CREATE"], (tokens, sql) => ExplainCreate(tokens, sql)),
        (["EXPLAIN", "MATERIALIZED", "VIEW"], (tokens, _) =>
            OfView(tokens, (name, database) => new Statement.ExplainView(name, database))),
        (["CREATE", "SINK"], (tokens, sql) => SinkParser.ParseCreate(tokens, sql)),
        (["CREATE", "OR", "REPLACE", "SINK"], (_, _) => throw SinkParser.RefuseReplace()),
        (["DROP", "SINK"], (tokens, _) => DropSink(tokens)),
        (["SHOW", "CREATE", "SINK"], (tokens, _) => OfSink(tokens, name => new Statement.ShowCreateSink(name))),
        (["DESCRIBE", "SINK"], (tokens, _) => OfSink(tokens, name => new Statement.DescribeSink(name))),
        (["EXPLAIN", "SINK"], (tokens, _) => OfSink(tokens, name => new Statement.ExplainSink(name))),
        (["CREATE", "ALERT"], (tokens, _) => AlertParser.ParseCreate(tokens, orReplace: false)),
        (["CREATE", "OR", "REPLACE", "ALERT"], (tokens, _) => AlertParser.ParseCreate(tokens, orReplace: true)),
        (["DROP", "ALERT"], (tokens, _) => AlertParser.ParseDrop(tokens)),
        (["SHOW", "ALERTS"], (tokens, _) => End(tokens, new Statement.ShowAlerts())),
        (["SHOW", "CREATE", "ALERT"], (tokens, _) => new Statement.ShowCreateAlert(AlertParser.TakeName(tokens))),
        (["DESCRIBE", "ALERT"], (tokens, _) => new Statement.DescribeAlert(AlertParser.TakeName(tokens))),
    ];

    /// <summary>Judged by the first words only.</summary>
    public static bool Handles(string sql) => HeadOf(sql) is not null;

    public static bool GivesRows(string sql) => HeadOf(sql) is ["SHOW" or "DESCRIBE" or "EXPLAIN", ..];

    /// <summary>Throws Invalid (syntax) or Unsupported (known, but not here).</summary>
    public static Statement Parse(string sql)
    {
        var tokens = new TokenReader(sql);
        foreach (var (head, parse) in Heads)
        {
            if (tokens.TryTake(head))
            {
                return parse is not null ? parse(tokens, sql) : throw new TarnException(
                    ErrorKind.Unsupported, $"{string.Join(' ', head)} is not supported");
            }
        }

        throw tokens.Expected("CREATE, ALTER, DROP, SHOW, DESCRIBE or EXPLAIN of a SOURCE, MATERIALIZED VIEW or SINK");
    }

    /// <summary>The head that the text has. A table may be called <c>source</c>: DESCRIBE SOURCE needs another word.
    /// </summary>
    private static string[]? HeadOf(string sql)
    {
        var words = SqlLexer.Read(sql).Take(6).ToList();
        return Heads.Select(entry => entry.Head).FirstOrDefault(head =>
            words.Count >= head.Length + (head is ["DESCRIBE", ..] ? 1 : 0)
            && head.Zip(words).All(pair => pair.Second.Kind == SqlTokenKind.Word && pair.Second.Is(pair.First))
            && (head is not ["DESCRIBE", ..] || !words[head.Length].Is(";"))
            && (head is not ["EXPLAIN", "CREATE"] || HeadOf(sql[words[1].Start..]) is not null));
    }

    private static Statement.DropSource DropSource(TokenReader tokens)
    {
        var ifExists = tokens.TryTake("IF", "EXISTS");
        return OfSource(tokens, name => new Statement.DropSource(name, ifExists));
    }

    private static Statement.DropView DropView(TokenReader tokens)
    {
        var ifExists = tokens.TryTake("IF", "EXISTS");
        return OfView(tokens, (name, database) => new Statement.DropView(name, database, ifExists));
    }

    private static Statement.Subscribe Subscribe(TokenReader tokens)
    {
        tokens.Take("TO");
        var (database, name) = NameReader.TakeQualified(tokens, "the view's name");
        ViewPosition? since = null;
        if (tokens.TryTake("AS", "OF"))
        {
            tokens.Take("VERSION");
            var place = tokens.Place;
            var text = tokens.TakeAny("a version").Text;
            since = ViewPosition.TryParse(text) ?? throw new TarnException(
                ErrorKind.Invalid, $"{place}: a version is a text as subscriptions give it, not '{text}'",
                "the same number may stand for other rows after a crash",
                "give the position of the last change, such as 'c0ffee.17'") { Code = "SYNTAX_ERROR" };
        }

        return End(tokens, new Statement.Subscribe(name, database, since));
    }

    private static Statement ExplainCreate(TokenReader tokens, string sql)
    {
        if (tokens.TryTake("SINK"))
        {
            return new Statement.ExplainCreateSink(SinkParser.ParseCreate(tokens, sql));
        }

        var orReplace = tokens.TryTake("OR", "REPLACE");
        tokens.Take("MATERIALIZED", "VIEW");
        return new Statement.ExplainCreate(ViewParser.ParseCreate(tokens, sql, orReplace));
    }

    private static Statement.DropSink DropSink(TokenReader tokens)
    {
        var ifExists = tokens.TryTake("IF", "EXISTS");
        return OfSink(tokens, name => new Statement.DropSink(name, ifExists));
    }

    private static T OfSink<T>(TokenReader tokens, Func<string, T> make)
    {
        var name = NameReader.Take(tokens, "the sink's name");
        return End(tokens, make(name));
    }

    private static T OfSource<T>(TokenReader tokens, Func<string, T> make)
    {
        var name = NameReader.Take(tokens, "the source's name");
        return End(tokens, make(name));
    }

    private static T OfView<T>(TokenReader tokens, Func<string, string?, T> make)
    {
        var (database, name) = NameReader.TakeQualified(tokens, "the view's name");
        return End(tokens, make(name, database));
    }

    private static T End<T>(TokenReader tokens, T statement)
    {
        tokens.TakeEnd();
        return statement;
    }
}
