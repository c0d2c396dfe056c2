using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>What stands in FROM.</summary>
internal sealed class RelationParser(TokenReader tokens, QueryParser queries, ExpressionParser expressions)
{
    public Relation Parse()
    {
        var left = ParsePrimary();
        while (true)
        {
            var position = tokens.Position;
            if (tokens.At("NATURAL"))
            {
                throw SqlErrors.Unsupported(
                    position, "Natural join not supported", "name the columns: JOIN ... USING (a)");
            }

            if (tokens.Accept("CROSS"))
            {
                tokens.Expect("JOIN");
                left = new Relation.Join(position, "CROSS", left, ParsePrimary(), null, []);
            }
            else if (AcceptJoin() is { } kind)
            {
                left = ParseCondition(position, kind, left);
            }
            else
            {
                return left;
            }

            tokens.Grow();
        }
    }

    public Relation.Table ParseTable()
    {
        var position = tokens.Position;
        if (!tokens.AtName())
        {
            throw tokens.Before.IsSymbol("(")
                ? tokens.Mismatch("'('", "'LATERAL'", "'UNNEST'", "<identifier>", "<query>")
                : tokens.Mismatch("'('", "'LATERAL'", "'UNNEST'", "<identifier>");
        }

        var parts = new List<Identifier> { tokens.ExpectName() };
        while (tokens.AcceptSymbol("."))
        {
            parts.Add(tokens.ExpectName());
        }

        if (parts.Count > 3)
        {
            throw SqlErrors.Syntax(
                position, $"Too many dots in table name: {string.Join('.', parts.Select(part => part.Text))}");
        }

        if (tokens.Current.IsSymbol("("))
        {
            throw SqlErrors.Unsupported(
                position, $"table function '{parts[^1].Text}' is not supported", "read a table of the catalog");
        }

        var table = new Relation.Table(position, parts);
        tokens.Tables.Add(table);
        return table;
    }

    /// <summary>True at a name without AS; words that continue a query are names only where they cannot.</summary>
    public bool AtAlias()
    {
        if (!tokens.AtName())
        {
            return false;
        }

        var next = tokens.Peek();
        var isCount = next.Kind == TokenKind.Integer || next.IsSymbol("?");
        return !(tokens.AtAny("LIMIT") && (isCount || next.Is("ALL")))
            && !(tokens.AtAny("OFFSET") && isCount)
            && !(tokens.AtAny("FETCH") && (next.Is("FIRST") || next.Is("NEXT")))
            && !(tokens.AtAny("WINDOW") && tokens.Peek(2).Is("AS"))
            && !(tokens.AtAny("TABLESAMPLE") && (next.Is("BERNOULLI") || next.Is("SYSTEM")))
            && !(tokens.Current.Is("MATCH_RECOGNIZE") && next.IsSymbol("("))
            && !(tokens.Current.Is("LATERAL") && next.Is("VIEW"));
    }

    private string? AcceptJoin()
    {
        if (tokens.Accept("JOIN"))
        {
            return "INNER";
        }

        var kind = tokens.AcceptAny("INNER", "LEFT", "RIGHT", "FULL");
        if (kind is null)
        {
            return null;
        }

        if (kind != "INNER")
        {
            tokens.Accept("OUTER");
        }

        tokens.Expect("JOIN");
        return kind;
    }

    private Relation.Join ParseCondition(SqlPosition position, string kind, Relation left) => tokens.Nest(() =>
    {
        // A join may itself stand right of a join before its ON, as in a JOIN b JOIN c ON .. ON ..
        var right = ParsePrimary();
        while (!tokens.AtAny("ON", "USING"))
        {
            var inner = tokens.Position;
            if (tokens.Accept("CROSS"))
            {
                tokens.Expect("JOIN");
                right = new Relation.Join(inner, "CROSS", right, ParsePrimary(), null, []);
            }
            else
            {
                right = AcceptJoin() is { } next
                    ? ParseCondition(inner, next, right)
                    : throw tokens.Mismatch("'ON'", "'USING'");
            }

            tokens.Grow();
        }

        if (tokens.Accept("ON"))
        {
            return new Relation.Join(position, kind, left, right, expressions.Parse(), []);
        }

        tokens.Expect("USING");
        return new Relation.Join(
            position, kind, left, right, null, tokens.ListInParentheses(() => tokens.ExpectName()));
    });

    private Relation ParsePrimary()
    {
        var relation = ParseUnaliased();
        if (tokens.At("FOR") && (tokens.Peek().Is("TIMESTAMP") || tokens.Peek().Is("VERSION")
            || tokens.Peek().Is("SYSTEM_TIME") || tokens.Peek().Is("SYSTEM_VERSION")))
        {
            throw SqlErrors.Unsupported(tokens.Position, "time travel (FOR ... AS OF) is not supported");
        }

        if (tokens.Current.Is("LATERAL") && tokens.Peek().Is("VIEW"))
        {
            tokens.Next();
            throw tokens.MismatchWithHint(
                "LATERAL VIEW explode(x) t AS a is CROSS JOIN UNNEST(x) AS t (a) here", "','", "'CROSS'", "'JOIN'");
        }

        if (tokens.Accept("AS") || AtAlias())
        {
            var alias = tokens.ExpectName();
            List<Identifier> columns =
                tokens.AtSymbol("(") ? tokens.ListInParentheses(() => tokens.ExpectName()) : [];
            relation = new Relation.Aliased(relation.Position, relation, alias, columns);
        }

        if (tokens.At("MATCH_RECOGNIZE"))
        {
            throw SqlErrors.Unsupported(
                tokens.Position, "MATCH_RECOGNIZE is not supported", "window functions find many patterns of rows");
        }

        return tokens.At("TABLESAMPLE") ? ParseSample(relation) : relation;
    }

    private Relation.Sample ParseSample(Relation inner)
    {
        var position = tokens.Next().Position;
        var method = tokens.ExpectAny("BERNOULLI", "SYSTEM");
        tokens.ExpectSymbol("(");
        var percentage = expressions.Parse();
        tokens.ExpectSymbol(")");
        return new Relation.Sample(position, inner, method, percentage);
    }

    private Relation ParseUnaliased() => tokens.Nest(() =>
    {
        var position = tokens.Position;
        if (tokens.At("LATERAL") && tokens.Peek().IsSymbol("("))
        {
            tokens.Next();
            tokens.Next();
            var lateral = new Relation.Lateral(position, queries.ParseQuery());
            tokens.ExpectSymbol(")");
            return lateral;
        }

        if (tokens.Accept("UNNEST"))
        {
            return ParseUnnest(position);
        }

        if (tokens.At("JSON_TABLE") || (tokens.At("TABLE") && tokens.Peek().IsSymbol("(")))
        {
            var name = tokens.At("TABLE") ? $"table function '{tokens.Peek(2).Text}'" : "JSON_TABLE";
            throw SqlErrors.Unsupported(position, $"{name} is not supported", "UNNEST reads arrays and maps");
        }

        if (!tokens.AcceptSymbol("("))
        {
            return (Relation)ParseTable();
        }

        if (queries.AtNestedQuery())
        {
            var query = queries.ParseQuery();
            tokens.ExpectSymbol(")");
            return new Relation.Derived(position, query);
        }

        var inner = Parse();
        tokens.ExpectSymbol(")");
        return inner;
    });

    private Relation.Unnest ParseUnnest(SqlPosition position)
    {
        var values = tokens.ListInParentheses(expressions.Parse);
        return new Relation.Unnest(position, values, tokens.Accept("WITH", "ORDINALITY"));
    }
}
