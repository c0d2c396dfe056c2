using Tarn.Sql.Tree;

namespace Tarn.Sql.Printing;

/// <summary>
/// Expressions with no more parentheses than their tree needs. Levels bind the tighter the higher they are: OR 1,
/// AND 2, NOT 3, predicates 4, || 5, sums 6, products 7, signs 8, AT TIME ZONE 9, subscripts and fields 10, others 11.
/// </summary>
internal static class ExpressionPrinter
{
    /// <summary>As many operands of AND and OR lean to the left; longer chains are read as balanced trees.</summary>
    private const int ChainMax = 32;

    public static string Print(Expression expression) => Print(expression, 0);

    public static string List(IEnumerable<Expression> items) => string.Join(", ", items.Select(item => Print(item)));

    public static string OrderBy(IEnumerable<OrderItem> items) => string.Join(", ", items.Select(item =>
        Print(item.Value) + (item.IsDescending ? " DESC" : "") + (item.NullsFirst ? " NULLS FIRST" : "")));

    /// <summary>A value that is no predicate, such as the offset of a frame.</summary>
    public static string Operand(Expression operand) => Print(operand, 5);

    private static string Print(Expression expression, int level)
    {
        var (text, own) = Write(expression);
        return own < level ? $"({text})" : text;
    }

    private static (string Text, int Level) Write(Expression expression)
    {
        switch (expression)
        {
            case Expression.Literal literal: return LiteralPrinter.Print(literal);
            case Expression.Interval interval: return (LiteralPrinter.Print(interval), 11);
            case Expression.Parameter: return ("?", 11);
            case Expression.Reference name: return (string.Join('.', name.Parts.Select(NameText.Name)), 11);
            case Expression.Field field: return ($"{FieldOwner(field.Value)}.{NameText.Name(field.Member)}", 10);
            case Expression.Unary { Operator: "NOT" } not: return Not(not);
            case Expression.Unary sign: return ($"{sign.Operator} {Print(sign.Value, 8)}", 8);
            case Expression.Binary binary: return Binary(binary);
            case Expression.Between or Expression.InList or Expression.InQuery or Expression.Like or Expression.IsNull:
                return (Predicate(expression, ""), 4);
            case Expression.Quantified test:
                return (
                    $"{Print(test.Value, 5)} {test.Operator} {test.Quantifier} ({QueryPrinter.Print(test.Query)})", 4);
            case Expression.Exists exists: return ($"EXISTS ({QueryPrinter.Print(exists.Query)})", 11);
            case Expression.Subquery subquery: return ($"({QueryPrinter.Print(subquery.Query)})", 11);
            case Expression.Case choice: return (Case(choice), 11);
            case Expression.Cast cast:
                return (
                    $"{(cast.IsTry ? "TRY_CAST" : "CAST")}({Print(cast.Value)} AS "
                        + $"{NameText.Type(cast.Type, cast.Length)})",
                    11);
            case Expression.Call call: return (CallPrinter.Print(call), 11);
            case Expression.Lambda lambda: return (Lambda(lambda), -1);
            case Expression.ArrayOf array: return ($"ARRAY[{List(array.Items)}]", 11);
            case Expression.RowOf row:
                return ($"{(row.IsParenthesised ? "" : "ROW")}({List(row.Items)})", 11);
            case Expression.Subscript subscript:
                return ($"{Print(subscript.Value, 10)}[{Print(subscript.Index)}]", 10);
            case Expression.AtTimeZone zoned:
                return ($"{Print(zoned.Value, 9)} AT TIME ZONE {Print(zoned.Zone, 10)}", 9);
            case Expression.JsonPath or Expression.JsonObject or Expression.JsonArray:
                return (JsonPrinter.Print(expression), 11);
            default: throw new InvalidOperationException($"no text of {expression.GetType().Name}");
        }
    }

    /// <summary>A name and its field would be read as one name, and a number's point as its own.</summary>
    private static string FieldOwner(Expression value) =>
        value is Expression.Reference or Expression.Literal ? $"({Print(value)})" : Print(value, 10);

    private static (string Text, int Level) Not(Expression.Unary not) => not.Value
        is Expression.Between or Expression.InList or Expression.InQuery or Expression.Like or Expression.IsNull
        ? (Predicate(not.Value, "NOT "), 4)
        : ($"NOT {Print(not.Value, 3)}", 3);

    private static string Predicate(Expression test, string not) => test switch
    {
        Expression.Between between =>
            $"{Print(between.Value, 5)} {not}BETWEEN {Print(between.Low, 5)} AND {Print(between.High, 5)}",
        Expression.InList list => $"{Print(list.Value, 5)} {not}IN ({List(list.Items)})",
        Expression.InQuery query => $"{Print(query.Value, 5)} {not}IN ({QueryPrinter.Print(query.Query)})",
        Expression.Like like => $"{Print(like.Value, 5)} {not}LIKE {Print(like.Pattern, 5)}"
            + (like.Escape is null ? "" : $" ESCAPE {Print(like.Escape, 5)}"),
        Expression.IsNull isNull => $"{Print(isNull.Value, 5)} IS {not}NULL",
        _ => throw new InvalidOperationException($"no text of {test.GetType().Name}"),
    };

    private static (string Text, int Level) Binary(Expression.Binary binary)
    {
        var (level, left) = binary.Operator switch
        {
            "OR" or "AND" => (binary.Operator == "OR" ? 1 : 2, 0),
            "||" => (5, 5),
            "+" or "-" => (6, 6),
            "*" or "/" or "%" => (7, 7),
            _ => (4, 5),
        };
        if (left == 0)
        {
            left = ChainLength(binary) > ChainMax ? level + 1 : level;
        }

        return ($"{Print(binary.Left, left)} {binary.Operator} {Print(binary.Right, level + 1)}", level);
    }

    private static int ChainLength(Expression.Binary binary)
    {
        var length = 2;
        for (var left = binary.Left; left is Expression.Binary inner && inner.Operator == binary.Operator;
            left = inner.Left)
        {
            length++;
        }

        return length;
    }

    private static string Case(Expression.Case choice)
    {
        var operand = choice.Operand is null ? "" : $" {Print(choice.Operand)}";
        var branches = choice.Branches.Select(branch => $" WHEN {Print(branch.When)} THEN {Print(branch.Then)}");
        var otherwise = choice.Else is null ? "" : $" ELSE {Print(choice.Else)}";
        return $"CASE{operand}{string.Concat(branches)}{otherwise} END";
    }

    private static string Lambda(Expression.Lambda lambda) => lambda.Parameters.Count == 1
        ? $"{NameText.Name(lambda.Parameters[0])} -> {Print(lambda.Body, -1)}"
        : $"({NameText.Names(lambda.Parameters)}) -> {Print(lambda.Body, -1)}";

    /// <summary>An argument, where a lambda needs no parentheses.</summary>
    public static string Argument(Expression argument) => Print(argument, -1);
}
