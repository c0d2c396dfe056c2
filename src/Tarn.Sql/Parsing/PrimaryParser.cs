using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Parsing;

/// <summary>
/// Names, calls, constructors and the forms that begin with a keyword. Literals are <see cref="LiteralParser"/>'s.
/// </summary>
internal sealed class PrimaryParser(TokenReader tokens, QueryParser queries, ExpressionParser expressions)
{
    private readonly LiteralParser _literals = new(tokens);
    private readonly CallParser _calls = new(tokens, expressions);

    public Expression Parse()
    {
        var token = tokens.Current;
        if (_literals.TryParse() is { } literal)
        {
            return literal;
        }

        if (IsLambda())
        {
            return ParseLambda();
        }

        if (tokens.AcceptSymbol("("))
        {
            return ParseParenthesis(token.Position);
        }

        if (token.Kind == TokenKind.Word && ParseKeyword(token) is { } form)
        {
            return form;
        }

        if (!tokens.AtName() && !(token.Kind == TokenKind.Word && tokens.Peek().IsSymbol("(")
            && CallParser.IsKeywordFunction(token)))
        {
            throw tokens.Mismatch("<expression>");
        }

        if (tokens.Peek().IsSymbol("("))
        {
            return _calls.Parse();
        }

        var parts = new List<Identifier> { tokens.ExpectName() };
        while (tokens.AtSymbol("."))
        {
            tokens.Next();
            parts.Add(tokens.ExpectName());
        }

        return new Expression.Reference(token.Position, parts);
    }

    private Expression? ParseKeyword(Token token)
    {
        switch (token.Text.ToUpperInvariant())
        {
            case "CASE":
                tokens.Next();
                return ParseCase(token.Position);
            case "CAST" or "TRY_CAST" when tokens.Peek().IsSymbol("("):
                tokens.Next();
                return ParseCast(token);
            case "EXISTS":
                tokens.Next();
                tokens.ExpectSymbol("(");
                var exists = new Expression.Exists(token.Position, queries.ParseQuery());
                tokens.ExpectSymbol(")");
                return exists;
            case "ARRAY" when tokens.Peek().IsSymbol("["):
                tokens.Next();
                tokens.Next();
                return new Expression.ArrayOf(token.Position, ParseItems("]"));
            case "ROW" when tokens.Peek().IsSymbol("("):
                tokens.Next();
                tokens.Next();
                return new Expression.RowOf(token.Position, ParseItems(")"));
            case "CURRENT_DATE" or "CURRENT_TIMESTAMP" or "LOCALTIMESTAMP":
                tokens.Next();
                return tokens.AtSymbol("(")
                    ? throw SqlErrors.Unsupported(token.Position, $"{token.Text}(precision) is not supported")
                    : new Expression.Call(token.Position, token.Text.ToLowerInvariant(), []);
            default:
                return null;
        }
    }

    private List<Expression> ParseItems(string close)
    {
        List<Expression> items = [];
        if (!tokens.AtSymbol(close))
        {
            items = tokens.List(expressions.Parse);
        }

        tokens.ExpectSymbol(close);
        return items;
    }

    private Expression ParseParenthesis(SqlPosition position)
    {
        if (queries.AtQuery() || (tokens.AtSymbol("(") && queries.AtNestedQuery()))
        {
            // A parenthesised subquery may still be an operand, as in ((SELECT 1) + 1).
            var mark = tokens.Mark();
            var count = tokens.Tables.Count;
            var query = queries.ParseQuery();
            if (tokens.AcceptSymbol(")"))
            {
                return new Expression.Subquery(position, query);
            }

            if (!tokens.AtSymbol("+") && !tokens.AtSymbol("-") && !tokens.AtSymbol("*") && !tokens.AtSymbol("/")
                && tokens.Current.Kind != TokenKind.Symbol && tokens.Current.Kind != TokenKind.Word)
            {
                throw tokens.Mismatch("')'");
            }

            tokens.Reset(mark);
            tokens.Tables.RemoveRange(count, tokens.Tables.Count - count);
        }

        var items = tokens.List(expressions.Parse);
        tokens.ExpectSymbol(")");
        return items.Count == 1 ? items[0] : new Expression.RowOf(position, items);
    }

    private bool IsLambda()
    {
        if (tokens.AtName())
        {
            return tokens.Peek().IsSymbol("->");
        }

        if (!tokens.AtSymbol("("))
        {
            return false;
        }

        var ahead = 1;
        while (tokens.Peek(ahead).Kind is TokenKind.Word or TokenKind.QuotedName or TokenKind.Symbol)
        {
            if (tokens.Peek(ahead).IsSymbol(")"))
            {
                return tokens.Peek(ahead + 1).IsSymbol("->");
            }

            if (tokens.Peek(ahead).Kind == TokenKind.Symbol && !tokens.Peek(ahead).IsSymbol(","))
            {
                return false;
            }

            ahead++;
        }

        return false;
    }

    private Expression.Lambda ParseLambda()
    {
        var position = tokens.Position;
        List<Identifier> parameters = [];
        if (tokens.AcceptSymbol("("))
        {
            parameters = tokens.AtSymbol(")") ? [] : tokens.List(() => tokens.ExpectName());
            tokens.ExpectSymbol(")");
        }
        else
        {
            parameters.Add(tokens.ExpectName());
        }

        tokens.ExpectSymbol("->");
        return new Expression.Lambda(position, parameters, expressions.Parse());
    }

    private Expression.Case ParseCase(SqlPosition position)
    {
        var operand = tokens.At("WHEN") ? null : expressions.Parse();
        var branches = new List<(Expression, Expression)>();
        do
        {
            tokens.Expect("WHEN");
            var when = expressions.Parse();
            tokens.Expect("THEN");
            branches.Add((when, expressions.Parse()));
        }
        while (tokens.At("WHEN"));

        var otherwise = tokens.Accept("ELSE") ? expressions.Parse() : null;
        tokens.Expect("END");
        return new Expression.Case(position, operand, branches, otherwise);
    }

    private Expression.Cast ParseCast(Token token)
    {
        tokens.ExpectSymbol("(");
        var value = expressions.Parse();
        tokens.Expect("AS");
        var types = new TypeParser(tokens);
        SqlType type = types.Parse();
        tokens.ExpectSymbol(")");
        return new Expression.Cast(token.Position, value, type, types.VarcharLength, token.Is("TRY_CAST"));
    }
}
