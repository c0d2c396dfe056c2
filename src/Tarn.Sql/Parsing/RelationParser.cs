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
                    position, "NATURAL JOIN is not supported", "name the columns: JOIN ... USING (a)");
            }

            if (tokens.Accept("CROSS", "JOIN"))
            {
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
        }
    }

    public Relation.Table ParseTable()
    {
        var position = tokens.Position;
        if (tokens.Current.Kind == TokenKind.Text)
        {
            throw tokens.Mismatch("'('", "'LATERAL'", "'UNNEST'", "<identifier>");
        }

        var parts = new List<Identifier> { tokens.ExpectName() };
        while (tokens.AcceptSymbol("."))
        {
            parts.Add(tokens.ExpectName());
        }

        if (tokens.AtSymbol("("))
        {
            throw SqlErrors.Unsupported(
                position, $"table function '{parts[^1].Text}' is not supported", "read a table of the catalog");
        }

        var table = new Relation.Table(position, parts);
        tokens.Tables.Add(table);
        return table;
    }

    private string? AcceptJoin()
    {
        if (tokens.Accept("JOIN") || tokens.Accept("INNER", "JOIN"))
        {
            return "INNER";
        }

        foreach (var kind in (ReadOnlySpan<string>)["LEFT", "RIGHT", "FULL"])
        {
            if (tokens.Accept(kind))
            {
                tokens.Accept("OUTER");
                tokens.Expect("JOIN");
                return kind;
            }
        }

        return null;
    }

    private Relation.Join ParseCondition(SqlPosition position, string kind, Relation left)
    {
        // A join may itself stand right of a join before its ON, as in a JOIN b JOIN c ON .. ON ..
        var right = ParsePrimary();
        while (!tokens.At("ON") && !tokens.At("USING") && AcceptJoin() is { } inner)
        {
            right = ParseCondition(position, inner, right);
        }

        if (tokens.Accept("ON"))
        {
            return new Relation.Join(position, kind, left, right, expressions.Parse(), []);
        }

        if (!tokens.Accept("USING"))
        {
            throw tokens.Mismatch("'ON'", "'USING'");
        }

        tokens.ExpectSymbol("(");
        var columns = tokens.List(() => tokens.ExpectName());
        tokens.ExpectSymbol(")");
        return new Relation.Join(position, kind, left, right, null, columns);
    }

    private Relation ParsePrimary()
    {
        var relation = ParseUnaliased();
        foreach (var refused in (ReadOnlySpan<string>)["TABLESAMPLE", "MATCH_RECOGNIZE"])
        {
            if (tokens.At(refused) && !tokens.Peek().IsSymbol(","))
            {
                throw SqlErrors.Unsupported(tokens.Position, $"{refused} is not supported");
            }
        }

        if (tokens.At("FOR"))
        {
            throw SqlErrors.Unsupported(tokens.Position, "time travel (FOR ... AS OF) is not supported");
        }

        if (!tokens.Accept("AS") && !AtAlias())
        {
            return relation;
        }

        var alias = tokens.ExpectName();
        List<Identifier> columns = [];
        if (tokens.AcceptSymbol("("))
        {
            columns = tokens.List(() => tokens.ExpectName());
            tokens.ExpectSymbol(")");
        }

        return new Relation.Aliased(relation.Position, relation, alias, columns);
    }

    private bool AtAlias() =>
        tokens.AtName()
        && !(tokens.At("OFFSET") || tokens.At("LIMIT") || tokens.At("FETCH") || tokens.At("WINDOW"));

    private Relation ParseUnaliased() => tokens.Nest(() =>
    {
        var position = tokens.Position;
        if (tokens.At("LATERAL"))
        {
            throw SqlErrors.Unsupported(position, "LATERAL is not supported", "CROSS JOIN UNNEST(...) is");
        }

        if (tokens.Accept("UNNEST"))
        {
            return ParseUnnest(position);
        }

        if (!tokens.AcceptSymbol("("))
        {
            return (Relation)ParseTable();
        }

        Relation inner;
        if (queries.AtNestedQuery())
        {
            // "((SELECT ..) UNION ..)" is a query and "((SELECT ..) JOIN ..)" a relation: try the first.
            var mark = tokens.Mark();
            var count = tokens.Tables.Count;
            var query = queries.ParseQuery();
            if (tokens.AcceptSymbol(")"))
            {
                return new Relation.Derived(position, query);
            }

            tokens.Reset(mark);
            tokens.Tables.RemoveRange(count, tokens.Tables.Count - count);
        }

        inner = Parse();
        tokens.ExpectSymbol(")");
        return inner;
    });

    private Relation.Unnest ParseUnnest(SqlPosition position)
    {
        tokens.ExpectSymbol("(");
        var values = tokens.List(expressions.Parse);
        tokens.ExpectSymbol(")");
        var withOrdinality = tokens.Accept("WITH", "ORDINALITY");
        return new Relation.Unnest(position, values, withOrdinality);
    }
}
