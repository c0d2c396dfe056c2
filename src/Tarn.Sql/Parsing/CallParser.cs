using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Parsing;

/// <summary>
/// Function calls, with the ones that have a grammar of their own: EXTRACT, TRIM, POSITION, SUBSTRING.
/// </summary>
internal sealed class CallParser(TokenReader tokens, ExpressionParser expressions)
{
    private readonly WindowParser _windows = new(tokens, expressions);

    public static bool IsKeywordFunction(Token token) =>
        token.Text.ToUpperInvariant()
            is "EXTRACT" or "TRIM" or "GROUPING" or "LISTAGG" or "NORMALIZE" or "LEFT" or "RIGHT";

    public Expression Parse()
    {
        var token = tokens.Next();
        var name = token.Text.ToLowerInvariant();
        tokens.ExpectSymbol("(");
        switch (token.Kind == TokenKind.Word ? name : "")
        {
            case "extract": return ParseExtract(token.Position);
            case "trim": return ParseTrim(token.Position);
            case "position": return ParsePosition(token.Position);
            case "normalize": return ParseNormalize(token.Position);
            case "listagg": return ParseListAgg(token.Position);
            default: return ParseCall(token.Position, name);
        }
    }

    private Expression.Call ParseCall(SqlPosition position, string name)
    {
        var isDistinct = false;
        List<Expression> arguments = [];
        IReadOnlyList<OrderItem> orderBy = [];
        if (tokens.AtSymbol("*") && tokens.Peek().IsSymbol(")"))
        {
            tokens.Next();
        }
        else if (!tokens.AtSymbol(")"))
        {
            isDistinct = tokens.AcceptAny("DISTINCT", "ALL") == "DISTINCT";
            if (!isDistinct)
            {
                tokens.Try("ORDER");
            }

            arguments = tokens.List(expressions.Parse);
            if (name == "substring" && arguments.Count == 1 && tokens.Accept("FROM"))
            {
                arguments.Add(expressions.Parse());
                if (tokens.Accept("FOR"))
                {
                    arguments.Add(expressions.Parse());
                }
            }

            orderBy = tokens.Accept("ORDER", "BY") ? tokens.List(expressions.ParseOrderItem) : [];
        }

        tokens.ExpectSymbol(")");
        return ParseSuffix(
            new Expression.Call(position, name, arguments) { IsDistinct = isDistinct, OrderBy = orderBy });
    }

    private Expression.Call ParseSuffix(Expression.Call call)
    {
        if (call.Name != "listagg" && tokens.At("WITHIN", "GROUP"))
        {
            throw SqlErrors.Syntax(
                tokens.Position, $"WITHIN GROUP does not go with {call.Name}", "ORDER BY goes into the parentheses");
        }

        if (tokens.At("FILTER") && tokens.Peek().IsSymbol("("))
        {
            tokens.Next();
            tokens.Next();
            tokens.Expect("WHERE");
            call = call with { Filter = expressions.Parse() };
            tokens.ExpectSymbol(")");
        }

        if (tokens.Accept("IGNORE", "NULLS"))
        {
            call = call with { IgnoresNulls = true };
        }
        else
        {
            tokens.Accept("RESPECT", "NULLS");
        }

        return tokens.Accept("OVER") ? call with { Over = _windows.Parse() } : call;
    }

    /// <summary>listagg(x [, separator] [ON OVERFLOW ...]) WITHIN GROUP (ORDER BY ...).</summary>
    private Expression.Call ParseListAgg(SqlPosition position)
    {
        var isDistinct = tokens.AcceptAny("DISTINCT", "ALL") == "DISTINCT";
        var arguments = tokens.List(expressions.Parse);
        ListOverflow? overflow = null;
        if (tokens.Accept("ON"))
        {
            tokens.Expect("OVERFLOW");
            overflow = ParseOverflow();
        }

        tokens.ExpectSymbol(")");
        tokens.Expect("WITHIN");
        tokens.Expect("GROUP");
        tokens.ExpectSymbol("(");
        tokens.Expect("ORDER");
        tokens.Expect("BY");
        var orderBy = tokens.List(expressions.ParseOrderItem);
        tokens.ExpectSymbol(")");
        return ParseSuffix(new Expression.Call(position, "listagg", arguments)
        {
            IsDistinct = isDistinct, OrderBy = orderBy, IsWithinGroup = true, Overflow = overflow,
        });
    }

    private ListOverflow ParseOverflow()
    {
        if (tokens.ExpectAny("ERROR", "TRUNCATE") == "ERROR")
        {
            return new ListOverflow(IsError: true, null, WithCount: false);
        }

        var filler = tokens.AtAny("WITH", "WITHOUT") ? null : expressions.Parse();
        var withCount = tokens.ExpectAny("WITH", "WITHOUT") == "WITH";
        tokens.Expect("COUNT");
        return new ListOverflow(IsError: false, filler, withCount);
    }

    private Expression.Call ParseNormalize(SqlPosition position)
    {
        var arguments = new List<Expression> { expressions.Parse() };
        if (tokens.AcceptSymbol(","))
        {
            var form = tokens.Position;
            arguments.Add(new Expression.Literal(
                form, tokens.ExpectAny("NFC", "NFD", "NFKC", "NFKD"), SqlType.Varchar));
        }

        tokens.ExpectSymbol(")");
        return new Expression.Call(position, "normalize", arguments);
    }

    private Expression.Call ParseExtract(SqlPosition position)
    {
        var field = tokens.Next().Text.ToLowerInvariant();
        tokens.Expect("FROM");
        var value = expressions.Parse();
        tokens.ExpectSymbol(")");
        return field is "year" or "quarter" or "month" or "week" or "day" or "day_of_month" or "day_of_week" or "dow"
            or "day_of_year" or "doy" or "year_of_week" or "yow" or "hour" or "minute" or "second"
            or "timezone_hour" or "timezone_minute"
            ? new Expression.Call(position, field, [value])
            : throw SqlErrors.Invalid("INVALID_FUNCTION_ARGUMENT", position, $"Invalid EXTRACT field: {field}");
    }

    private Expression.Call ParseTrim(SqlPosition position)
    {
        var name = "trim";
        var isExplicit = true;
        if (tokens.Accept("LEADING"))
        {
            name = "ltrim";
        }
        else if (tokens.Accept("TRAILING"))
        {
            name = "rtrim";
        }
        else
        {
            isExplicit = tokens.Accept("BOTH");
        }

        var arguments = new List<Expression>();
        if (!(isExplicit && tokens.At("FROM")))
        {
            arguments.AddRange(tokens.List(expressions.Parse));
        }

        if (tokens.Accept("FROM"))
        {
            arguments.Insert(0, expressions.Parse());
        }

        tokens.ExpectSymbol(")");
        return new Expression.Call(position, name, arguments);
    }

    private Expression.Call ParsePosition(SqlPosition position)
    {
        // The grammar wants a value before IN, which is also a predicate: read it as one and take it apart.
        var test = expressions.ParseOperand();
        tokens.Expect("IN");
        var text = expressions.ParseOperand();
        tokens.ExpectSymbol(")");
        return new Expression.Call(position, "strpos", [text, test]);
    }
}
