using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>What follows the word SELECT up to WINDOW.</summary>
internal sealed class SelectParser(TokenReader tokens, ExpressionParser expressions, RelationParser relations)
{
    private readonly WindowParser _windows = new(tokens, expressions);

    public QueryBody.Select Parse(SqlPosition position)
    {
        var isDistinct = tokens.AcceptAny("DISTINCT", "ALL") == "DISTINCT";
        var items = tokens.List(ParseItem);
        var select = new QueryBody.Select(position, isDistinct, items)
        {
            From = tokens.Accept("FROM") ? tokens.List(relations.Parse) : [],
            Where = tokens.Accept("WHERE") ? expressions.Parse() : null,
        };
        if (tokens.Accept("GROUP", "BY"))
        {
            var isGroupByDistinct = tokens.AcceptAny("DISTINCT", "ALL") == "DISTINCT";
            select = select with { IsGroupByDistinct = isGroupByDistinct, GroupBy = tokens.List(ParseGrouping) };
        }

        select = tokens.Accept("HAVING") ? select with { Having = expressions.Parse() } : select;
        return tokens.At("WINDOW") && tokens.Peek(2).Is("AS")
            ? select with { Windows = ParseWindows() }
            : select;
    }

    private List<NamedWindow> ParseWindows()
    {
        tokens.Next();
        return tokens.List(() =>
        {
            var name = tokens.ExpectName();
            tokens.Expect("AS");
            return new NamedWindow(name, _windows.ParseSpecification());
        });
    }

    private SelectItem ParseItem()
    {
        var position = tokens.Position;
        if (tokens.AcceptSymbol("*"))
        {
            return tokens.Current.Is("EXCLUDE") || tokens.Current.Is("REPLACE")
                ? throw tokens.MismatchWithHint(
                    $"SELECT * {tokens.Current.Text.ToUpperInvariant()} (...) is not in Athena's language: "
                        + "name the columns",
                    "','", "'FROM'")
                : new SelectItem(position, null, null, []);
        }

        if (StarLength() is var length and > 0)
        {
            var qualifier = new List<Identifier>();
            for (var i = 0; i < length; i++)
            {
                qualifier.Add(tokens.ExpectName());
                tokens.ExpectSymbol(".");
            }

            tokens.ExpectSymbol("*");
            return new SelectItem(position, null, null, qualifier) { StarNames = ParseStarNames() };
        }

        var value = expressions.Parse();
        if (tokens.AtSymbol(".") && tokens.Peek().IsSymbol("*"))
        {
            tokens.Next();
            tokens.Next();
            return new SelectItem(position, value, null, []) { IsRowStar = true, StarNames = ParseStarNames() };
        }

        var alias = tokens.Accept("AS") || relations.AtAlias() ? tokens.ExpectName() : null;
        return new SelectItem(position, value, alias, []);
    }

    private List<Identifier> ParseStarNames()
    {
        if (!tokens.Accept("AS"))
        {
            return [];
        }

        return tokens.ListInParentheses(() => tokens.ExpectName());
    }

    /// <summary>Names before <c>.*</c>, or 0 when the item is no qualified star.</summary>
    private int StarLength()
    {
        for (var names = 0; ; names++)
        {
            if (names > 0 && tokens.Peek(2 * names).IsSymbol("*"))
            {
                return names;
            }

            if (tokens.Peek(2 * names).Kind is not (TokenKind.Word or TokenKind.QuotedName)
                || !tokens.Peek((2 * names) + 1).IsSymbol("."))
            {
                return 0;
            }
        }
    }

    private Grouping ParseGrouping()
    {
        var position = tokens.Position;
        if (tokens.Accept("GROUPING", "SETS"))
        {
            return new Grouping(position, "GROUPING SETS", tokens.ListInParentheses(ParseSet));
        }

        if (tokens.AcceptAny("ROLLUP", "CUBE") is { } kind)
        {
            return new Grouping(position, kind, tokens.ListInParentheses(ParseSet));
        }

        if (tokens.AtSymbol("(") && tokens.Peek().IsSymbol(")"))
        {
            return new Grouping(position, "GROUPING SETS", [ParseSet()]);
        }

        var value = expressions.Parse();
        return IsParenthesised(value)
            ? new Grouping(position, "GROUPING SETS", [[.. ((Expression.RowOf)value).Items]])
            : new Grouping(position, "", [[value]]);
    }

    private IReadOnlyList<Expression> ParseSet()
    {
        if (tokens.AtSymbol("(") && tokens.Peek().IsSymbol(")"))
        {
            tokens.Next();
            tokens.Next();
            return [];
        }

        var value = expressions.Parse();
        return IsParenthesised(value) ? ((Expression.RowOf)value).Items : [value];
    }

    /// <summary><c>(a, b)</c> is a set of two, ROW(a, b) one value.</summary>
    private static bool IsParenthesised(Expression value) => value is Expression.RowOf { IsParenthesised: true };
}
