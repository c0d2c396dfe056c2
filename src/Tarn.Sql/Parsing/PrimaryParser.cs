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

        if (tokens.AcceptSymbol("?"))
        {
            return new Expression.Parameter(token.Position, tokens.Parameters++);
        }

        if (token.Kind == TokenKind.Word && ParseKeyword(token) is { } form)
        {
            return form;
        }

        if (!tokens.AtName() && !(token.Kind == TokenKind.Word && tokens.Peek().IsSymbol("(")
            && CallParser.IsKeywordFunction(token)))
        {
            throw tokens.MismatchExpression();
        }

        if (tokens.Peek().IsSymbol("("))
        {
            return _calls.Parse();
        }

        var parts = new List<Identifier> { tokens.ExpectName() };
        while (tokens.AtSymbol(".") && !tokens.Peek().IsSymbol("*"))
        {
            tokens.Next();
            parts.Add(tokens.ExpectName());
        }

        return tokens.Current.IsSymbol("(")
            ? throw SqlErrors.Invalid(
                "FUNCTION_NOT_FOUND",
                token.Position,
                $"Function '{string.Join('.', parts.Select(part => part.Text))}' not registered")
            : new Expression.Reference(token.Position, parts);
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
            case "CURRENT_DATE" or "CURRENT_USER" or "CURRENT_CATALOG" or "CURRENT_SCHEMA" or "CURRENT_PATH":
                tokens.Next();
                return new Expression.Call(token.Position, token.Text.ToLowerInvariant(), []);
            case "CURRENT_TIMESTAMP" or "LOCALTIMESTAMP" or "CURRENT_TIME" or "LOCALTIME":
                tokens.Next();
                return new Expression.Call(token.Position, token.Text.ToLowerInvariant(), ParsePrecision());
            case "JSON_EXISTS" or "JSON_VALUE" or "JSON_QUERY" or "JSON_OBJECT" or "JSON_ARRAY":
                return new JsonParser(tokens, expressions).Parse();
            default:
                return null;
        }
    }

    /// <summary>Digits of a second's fraction, as in CURRENT_TIMESTAMP(6).</summary>
    private List<Expression> ParsePrecision()
    {
        if (!tokens.AcceptSymbol("("))
        {
            return [];
        }

        var position = tokens.Position;
        var digits = tokens.ExpectCount("<integer>");
        tokens.ExpectSymbol(")");
        return digits <= 12
            ? [new Expression.Literal(position, $"{digits}", SqlType.Integer)]
            : throw SqlErrors.Invalid("INVALID_LITERAL", position, $"precision {digits} is above 12");
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
        if (queries.AtNestedQuery())
        {
            var query = queries.ParseQuery();
            tokens.ExpectSymbol(")");
            return new Expression.Subquery(position, query);
        }

        var items = tokens.List(expressions.Parse);
        tokens.ExpectSymbol(")");
        return items.Count == 1 ? items[0] : new Expression.RowOf(position, items) { IsParenthesised = true };
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
