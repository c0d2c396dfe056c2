using Tarn.ContinuousQueries.Definitions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>
/// CREATE ALERT and DROP ALERT, after those words.
/// <code>
/// [IF NOT EXISTS] name ON [database.]view WHEN condition [FOR INTERVAL '...']
///   NOTIFY webhook | STREAM 'stream' [, ...] [WITH (option = value, ...)]
/// [IF EXISTS] name
/// </code>
/// </summary>
internal static class AlertParser
{
    public static Statement.CreateAlert ParseCreate(TokenReader tokens, bool orReplace)
    {
        var ifNotExists = tokens.TryTake("IF", "NOT", "EXISTS");
        SourceParser.RefuseBoth(orReplace, ifNotExists);
        var text = tokens.CanonicalRest();
        var name = NameReader.Take(tokens, "the alert's name");
        tokens.Take("ON");
        var (database, view) = NameReader.TakeQualified(tokens, "the view's name");
        tokens.Take("WHEN");
        var condition = tokens.TakeUntil("a condition", "FOR", "NOTIFY");
        var duration = tokens.TryTake("FOR") ? TakeDuration(tokens) : 0;
        tokens.Take("NOTIFY");
        var targets = new List<NotifyTarget>();
        do
        {
            var place = tokens.Place;
            var target = TakeTarget(tokens);
            if (targets.Contains(target))
            {
                throw new TarnException(ErrorKind.Invalid, $"{place}: {target} is notified twice");
            }

            targets.Add(target);
        }
        while (tokens.TryTake(","));
        var options = tokens.TryTake("WITH") ? AlertOptionTable.Instance.Take(tokens) : [];
        tokens.TakeEnd();
        var alert = new AlertSpec("", name, database ?? "", view, condition, duration, targets, text)
        {
            Options = AlertOptionTable.Instance.Apply(options, new AlertOptions()),
        };
        return new Statement.CreateAlert(alert, orReplace, ifNotExists);
    }

    public static Statement.DropAlert ParseDrop(TokenReader tokens)
    {
        var ifExists = tokens.TryTake("IF", "EXISTS");
        return new Statement.DropAlert(TakeName(tokens), ifExists);
    }

    /// <summary>An alert's name and the end of the statement.</summary>
    public static string TakeName(TokenReader tokens)
    {
        var name = NameReader.Take(tokens, "the alert's name");
        tokens.TakeEnd();
        return name;
    }

    /// <summary>A webhook's name, bare or in quotes of either kind. An address is refused.</summary>
    public static string TakeWebhook(TokenReader tokens)
    {
        var place = tokens.Place;
        var name = tokens.Current is { Kind: SqlTokenKind.Text } quoted && quoted.Text.Length > 0
            ? tokens.TakeText("a webhook's name") : tokens.TakeName("a webhook's name");
        if (name.Contains("://", StringComparison.Ordinal) || (tokens.Current is { } next && next.Is(":")))
        {
            throw new TarnException(
                ErrorKind.Unsupported, $"{place}: a webhook is named here, not addressed",
                "addresses and secrets stand in tarn.yaml, where the server's owner writes them",
                "name it under webhooks: in tarn.yaml, and write that name here");
        }

        return name.ToLowerInvariant();
    }

    private static NotifyTarget TakeTarget(TokenReader tokens)
    {
        if (tokens.TryTake("STREAM"))
        {
            return tokens.Current is { Kind: SqlTokenKind.Text }
                ? new NotifyTarget(IsStream: true, tokens.TakeText("the stream's name in single quotes"))
                : throw tokens.Expected("the stream's name in single quotes");
        }

        return new NotifyTarget(IsStream: false, TakeWebhook(tokens));
    }

    private static long TakeDuration(TokenReader tokens)
    {
        var place = tokens.Place;
        var micros = IntervalText.Take(tokens);
        return micros >= 0 && micros % 1_000 == 0
            ? micros / 1_000
            : throw new TarnException(
                ErrorKind.Invalid,
                $"{place}: FOR is an interval of whole milliseconds, not {IntervalText.Print(micros)}");
    }
}
