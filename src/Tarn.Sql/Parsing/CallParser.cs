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
            case "grouping" or "listagg" or "normalize":
                throw SqlErrors.Unsupported(token.Position, $"function '{name}' is not supported");
            default: return ParseCall(token.Position, name);
        }
    }

    private Expression.Call ParseCall(SqlPosition position, string name)
    {
        var isDistinct = false;
        List<Expression> arguments = [];
        IReadOnlyList<OrderItem> orderBy = [];
        if (name == "count" && tokens.AtSymbol("*") && tokens.Peek().IsSymbol(")"))
        {
            tokens.Next();
        }
        else if (!tokens.AtSymbol(")"))
        {
            isDistinct = tokens.Accept("DISTINCT");
            if (!isDistinct)
            {
                tokens.Accept("ALL");
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
        if (tokens.At("WITHIN") && tokens.Peek().Is("GROUP"))
        {
            throw SqlErrors.Unsupported(tokens.Position, "WITHIN GROUP is not supported");
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

        return tokens.Accept("OVER") ? call with { Over = ParseWindow() } : call;
    }

    private Window ParseWindow()
    {
        var position = tokens.Position;
        if (tokens.AtName())
        {
            throw SqlErrors.Unsupported(position, "named windows are not supported", "write the window after OVER");
        }

        tokens.ExpectSymbol("(");
        var partitionBy = tokens.Accept("PARTITION", "BY") ? tokens.List(expressions.Parse) : [];
        var orderBy = tokens.Accept("ORDER", "BY") ? tokens.List(expressions.ParseOrderItem) : [];
        string? frame = null;
        foreach (var unit in (ReadOnlySpan<string>)["ROWS", "RANGE", "GROUPS"])
        {
            if (tokens.Accept(unit))
            {
                frame = $"{unit} {ParseFrame(unit)}";
            }
        }

        tokens.ExpectSymbol(")");
        return new Window(position, partitionBy, orderBy, frame);
    }

    private string ParseFrame(string unit)
    {
        if (!tokens.Accept("BETWEEN"))
        {
            return ParseBound(unit);
        }

        var start = ParseBound(unit);
        tokens.Expect("AND");
        return $"BETWEEN {start} AND {ParseBound(unit)}";
    }

    private string ParseBound(string unit)
    {
        if (tokens.Accept("CURRENT", "ROW"))
        {
            return "CURRENT ROW";
        }

        var count = tokens.Accept("UNBOUNDED") ? "UNBOUNDED" : null;
        if (count is null && unit == "RANGE")
        {
            throw SqlErrors.Unsupported(tokens.Position, "RANGE frames with an offset are not supported", "use ROWS");
        }

        count ??= $"{tokens.ExpectCount("<integer>")}";
        if (tokens.Accept("PRECEDING"))
        {
            return $"{count} PRECEDING";
        }

        tokens.Expect("FOLLOWING");
        return $"{count} FOLLOWING";
    }

    private Expression.Call ParseExtract(SqlPosition position)
    {
        var field = tokens.Next().Text.ToLowerInvariant();
        tokens.Expect("FROM");
        var value = expressions.Parse();
        tokens.ExpectSymbol(")");
        return field is "year" or "quarter" or "month" or "week" or "day" or "day_of_month" or "day_of_week" or "dow"
            or "day_of_year" or "doy" or "year_of_week" or "yow" or "hour" or "minute" or "second"
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
