using Tarn.ContinuousQueries.Definitions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>
/// CREATE MATERIALIZED VIEW and ALTER MATERIALIZED VIEW, after those words.
/// <code>
/// [IF NOT EXISTS] [database.]name [WITH (option = value, ...)] AS SELECT ... [EMIT ON WINDOW CLOSE | EMIT ON UPDATE]
/// [database.]name SET (option = value, ...)
/// </code>
/// </summary>
internal static class ViewParser
{
    public static Statement.CreateView ParseCreate(TokenReader tokens, string sql, bool orReplace)
    {
        var ifNotExists = tokens.TryTake("IF", "NOT", "EXISTS");
        SourceParser.RefuseBoth(orReplace, ifNotExists);
        var (database, name) = NameReader.TakeQualified(tokens, "the view's name");
        if (tokens.Current is { } next && next.Is("("))
        {
            throw new TarnException(
                ErrorKind.Unsupported, $"{next.Place}: a column list of view '{name}' is not supported",
                hint: "name the columns in the SELECT with AS");
        }

        var options = tokens.TryTake("WITH") ? ViewOptionTable.Instance.Take(tokens) : [];
        tokens.Take("AS");
        var emitsOnClose = tokens.TryTakeLast("EMIT", "ON", "WINDOW", "CLOSE");
        if (!emitsOnClose && !tokens.TryTakeLast("EMIT", "ON", "UPDATE")
            && (tokens.RestContains("EMIT", "ON") || tokens.RestContains("EMIT", "CHANGES")))
        {
            throw new TarnException(
                ErrorKind.Unsupported, $"this EMIT of view '{name}' is not supported",
                hint: "end the statement with EMIT ON WINDOW CLOSE, or leave EMIT out to see every change");
        }

        if (tokens.AtEnd)
        {
            throw tokens.Expected("SELECT");
        }

        return new Statement.CreateView(name, database, tokens.Rest(), sql, tokens.CanonicalRest())
        {
            OrReplace = orReplace,
            IfNotExists = ifNotExists,
            EmitsOnClose = emitsOnClose,
            Options = ViewOptionTable.Instance.Apply(options, new ViewOptions()),
        };
    }

    public static Statement.AlterView ParseAlter(TokenReader tokens)
    {
        var (database, name) = NameReader.TakeQualified(tokens, "the view's name");
        if (tokens.TryTake("RENAME"))
        {
            throw new TarnException(
                ErrorKind.Unsupported, "ALTER MATERIALIZED VIEW RENAME TO is not supported",
                hint: "create the view under its new name, and drop this one when it has caught up");
        }

        if (tokens.TryTake("AS"))
        {
            throw new TarnException(
                ErrorKind.Unsupported, "ALTER MATERIALIZED VIEW AS is not supported",
                hint: "use CREATE OR REPLACE MATERIALIZED VIEW; it counts again from the stream's oldest record");
        }

        if (!tokens.TryTake("SET"))
        {
            throw tokens.Expected("SET (...)");
        }

        var options = ViewOptionTable.Instance.Take(tokens);
        tokens.TakeEnd();
        return new Statement.AlterView(name, database, options);
    }
}
