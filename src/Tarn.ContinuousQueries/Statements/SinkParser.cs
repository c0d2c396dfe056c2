using Tarn.ContinuousQueries.Definitions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>
/// CREATE SINK, after those words.
/// <code>
/// [IF NOT EXISTS] name FROM [database.]view INTO STREAM 'stream' FORMAT JSON [WITH (option = value, ...)]
/// [IF NOT EXISTS] name FROM [database.]view INTO TABLE [database.]table [WITH (option = value, ...)]
/// [IF NOT EXISTS] name FROM [database.]view INTO WEBHOOK 'webhook' [WITH (option = value, ...)]
/// </code>
/// </summary>
internal static class SinkParser
{
    public static Statement.CreateSink ParseCreate(TokenReader tokens, string sql)
    {
        var ifNotExists = tokens.TryTake("IF", "NOT", "EXISTS");
        var name = NameReader.Take(tokens, "the sink's name");
        var text = tokens.CanonicalRest();
        if (tokens.TryTake("AS"))
        {
            throw new TarnException(
                ErrorKind.Unsupported, $"CREATE SINK {name} AS SELECT is not supported",
                hint: "create a materialized view of the SELECT, and the sink FROM it");
        }

        tokens.Take("FROM");
        var (database, view) = NameReader.TakeQualified(tokens, "the view's name");
        tokens.Take("INTO");
        var target = TakeTarget(tokens, name);
        var options = tokens.TryTake("WITH") ? SinkOptionTable.Instance.Take(tokens) : [];
        tokens.TakeEnd();
        SinkOptionTable.Check(target, options);
        return new Statement.CreateSink(name, view, database, target, sql, text)
        {
            IfNotExists = ifNotExists,
            Options = SinkOptionTable.Instance.Apply(options, new SinkOptions()),
        };
    }

    public static TarnException RefuseReplace() => new(
        ErrorKind.Unsupported, "CREATE OR REPLACE SINK is not supported",
        "what has left the sink before cannot be taken back", "drop the sink and create it");

    private static SinkTargetSpec TakeTarget(TokenReader tokens, string sink)
    {
        if (tokens.TryTake("STREAM"))
        {
            var stream = tokens.TakeText("the stream's name in quotes");
            tokens.Take("FORMAT");
            var place = tokens.Place;
            var format = tokens.TakeName("JSON");
            return format.Equals("JSON", StringComparison.OrdinalIgnoreCase)
                ? new SinkTargetSpec(SinkTargetKind.Stream, stream)
                : throw new TarnException(
                    ErrorKind.Unsupported,
                    $"{place}: FORMAT {format.ToUpperInvariant()} of sink '{sink}' is not supported",
                    hint: "use FORMAT JSON");
        }

        if (tokens.TryTake("TABLE"))
        {
            var (database, table) = NameReader.TakeQualified(tokens, "the table's name");
            return new SinkTargetSpec(SinkTargetKind.Table, $"{database ?? "default"}.{table}");
        }

        return tokens.TryTake("WEBHOOK")
            ? new SinkTargetSpec(SinkTargetKind.Webhook, AlertParser.TakeWebhook(tokens))
            : throw tokens.Expected("STREAM 'name', TABLE database.name or WEBHOOK 'name'");
    }
}
