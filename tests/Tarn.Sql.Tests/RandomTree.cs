using System.Globalization;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Tests;

/// <summary>Queries such as the parser could give, of a seeded random shape.</summary>
internal sealed class RandomTree(Random random)
{
    private static readonly SqlPosition At = new(1, 1);
    private static readonly string[] NamePool =
    [
        "a", "b", "Mixed", "select", "limit", "interval", "date", "array", "row", "x y", "say \"hi\"", "1a", "über",
        "window", "partition", "over", "if", "lateral", "rows", "key", "value", "_u",
    ];

    private static readonly string[] FunctionPool =
        ["f", "count", "lower", "date", "if", "position", "extract", "transform", "my fn", "trim", "row", "array"];

    public Query Query(int depth)
    {
        var body = Body(depth);
        var order = random.Next(3) == 0 ? Many(2, () => Order(depth - 1)) : [];
        return new Query(At, body)
        {
            With = random.Next(4) == 0 ? Many(2, () => Common(depth - 1)) : [],
            OrderBy = order,
            Offset = random.Next(6) == 0 ? Count() : null,
            Limit = random.Next(4) == 0 ? Count() : null,
        };
    }

    private QueryBody Body(int depth) => (depth <= 0 ? 0 : random.Next(7)) switch
    {
        1 => new QueryBody.Values(At, Many(2, () => ValuesRow(depth - 1))),
        2 => new QueryBody.SetOperation(At, Pick("UNION", "EXCEPT"), Flip(), Body(depth - 1), Select(depth - 1)),
        3 => new QueryBody.SetOperation(At, "INTERSECT", Flip(), Select(depth - 1), Select(depth - 1)),
        _ => Select(depth),
    };

    private List<Expression> ValuesRow(int depth)
    {
        var items = Many(2, () => Value(depth));
        return items is [Expression.RowOf] ? [Number()] : items;
    }

    private QueryBody.Select Select(int depth) => new(At, Flip(), Many(3, () => Item(depth - 1)))
    {
        From = random.Next(5) == 0 ? [] : Many(2, () => Relation(depth - 1)),
        Where = random.Next(3) == 0 ? Value(depth - 1) : null,
        GroupBy = random.Next(4) == 0 ? Many(2, () => Group(depth - 1)) : [],
        Having = random.Next(6) == 0 ? Value(depth - 1) : null,
        Windows = random.Next(8) == 0
            ? [new NamedWindow(Name(), new Window(At, null, [], Many(1, () => Order(depth - 1)), null))]
            : [],
    };

    private SelectItem Item(int depth) => random.Next(8) switch
    {
        0 => new SelectItem(At, null, null, []),
        1 => new SelectItem(At, null, null, Many(2, Name)),
        _ => new SelectItem(At, Value(depth), Flip() ? Name() : null, []),
    };

    private Grouping Group(int depth) => random.Next(3) switch
    {
        0 => new Grouping(At, Pick("ROLLUP", "CUBE", "GROUPING SETS"), Many(2, () => Set(depth))),
        _ => new Grouping(At, "", [[Scalar(depth)]]),
    };

    private IReadOnlyList<Expression> Set(int depth) => random.Next(4) switch
    {
        0 => [],
        1 => [Scalar(depth), Scalar(depth)],
        _ => [Scalar(depth)],
    };

    /// <summary>No row in parentheses, which would be a set.</summary>
    private Expression Scalar(int depth) =>
        Value(depth) is var value && value is Expression.RowOf { IsParenthesised: true } ? Number() : value;

    private CommonTable Common(int depth) => new(Name(), Flip() ? Many(2, Name) : [], Query(depth));

    private OrderItem Order(int depth) => new(Value(depth), Flip(), Flip());

    private Relation Relation(int depth)
    {
        switch (depth <= 0 ? 0 : random.Next(8))
        {
            case 1: return new Relation.Derived(At, Query(depth - 1));
            case 2: return new Relation.Aliased(At, Relation(depth - 1), Name(), Flip() ? Many(2, Name) : []);
            case 3: return new Relation.Unnest(At, Many(2, () => Value(depth - 1)), Flip());
            case 4: return new Relation.Lateral(At, Query(depth - 1));
            case 5: return new Relation.Sample(At, Relation(depth - 1), Pick("BERNOULLI", "SYSTEM"), Number());
            case 6:
                return new Relation.Join(At, "CROSS", Relation(depth - 1), Relation(depth - 1), null, []);
            case 7:
                var isUsing = Flip();
                return new Relation.Join(
                    At,
                    Pick("INNER", "LEFT", "RIGHT", "FULL"),
                    Relation(depth - 1),
                    Relation(depth - 1),
                    isUsing ? null : Value(depth - 1),
                    isUsing ? Many(2, Name) : []);
            default: return new Relation.Table(At, Many(3, Name));
        }
    }

    private Expression Value(int depth)
    {
        switch (depth <= 0 ? random.Next(4) : random.Next(26))
        {
            case 0: return Text(Pick("x", "it's", "", "a\nb"));
            case 1: return Number();
            case 2 or 3: return Reference();
            case 4: return new Expression.Unary(At, "NOT", Value(depth - 1));
            case 5: return new Expression.Unary(At, "-", new Expression.Subscript(At, Reference(), Value(depth - 1)));
            case 6 or 7:
                return new Expression.Binary(At, Pick("AND", "OR"), Value(depth - 1), Value(depth - 1));
            case 8 or 9:
                return new Expression.Binary(
                    At, Pick("+", "-", "*", "/", "%", "||"), Value(depth - 1), Value(depth - 1));
            case 10:
                return new Expression.Binary(
                    At, Pick("=", "<>", "<", ">=", "IS DISTINCT FROM"), Value(depth - 1), Value(depth - 1));
            case 11: return new Expression.Between(At, Value(depth - 1), Value(depth - 1), Value(depth - 1));
            case 12: return new Expression.InList(At, Value(depth - 1), [Value(depth - 1), Number()]);
            case 13: return new Expression.InQuery(At, Value(depth - 1), Query(depth - 1));
            case 14: return new Expression.Like(At, Value(depth - 1), Value(depth - 1), Flip() ? Number() : null);
            case 15: return new Expression.IsNull(At, Value(depth - 1));
            case 16: return new Expression.Subquery(At, Query(depth - 1));
            case 17: return new Expression.Quantified(At, "<", Pick("ALL", "ANY"), Value(depth - 1), Query(depth - 1));
            case 18:
                return new Expression.Case(
                    At, Flip() ? Value(depth - 1) : null, [(Value(depth - 1), Value(depth - 1))], Number());
            case 19: return new Expression.Subscript(At, Value(depth - 1), Value(depth - 1));
            case 20: return new Expression.Field(At, Value(depth - 1), Name());
            case 21: return new Expression.AtTimeZone(At, Value(depth - 1), Value(depth - 1));
            case 22: return new Expression.RowOf(At, [Value(depth - 1), Number()]) { IsParenthesised = Flip() };
            case 23 or 24: return new Expression.Cast(At, Value(depth - 1), Type(2), null, Flip());
            default: return Call(depth - 1);
        }
    }

    private Expression.Call Call(int depth)
    {
        var name = Pick(FunctionPool);
        return new Expression.Call(At, name, name == "trim" ? [Value(depth)] : Many(2, () => Argument(depth)))
        {
            Filter = random.Next(6) == 0 ? Value(depth) : null,
            Over = random.Next(4) == 0 ? Window(depth) : null,
        };
    }

    private Expression Argument(int depth) => random.Next(5) == 0
        ? new Expression.Lambda(At, Many(2, Name), Value(depth))
        : Value(depth);

    private Window Window(int depth) => random.Next(3) == 0
        ? new Window(At, Name(), [], [], null) { IsName = true }
        : new Window(
            At,
            Flip() ? Name() : null,
            Flip() ? Many(2, () => Value(depth)) : [],
            Flip() ? Many(2, () => Order(depth)) : [],
            Flip()
                ? new WindowFrame(
                    At,
                    Pick("ROWS", "RANGE", "GROUPS"),
                    new FrameBound(At, "PRECEDING", Flip() ? null : Value(depth)),
                    Flip() ? null : new FrameBound(At, "FOLLOWING", Flip() ? null : Value(depth)))
                : null);

    private SqlType Type(int depth) => (depth <= 0 ? random.Next(4) : random.Next(7)) switch
    {
        0 => SqlType.BigInt,
        1 => SqlType.Decimal(10, 2),
        2 => SqlType.TimestampTz,
        3 => SqlType.Varchar,
        4 => SqlType.Array(Type(depth - 1)),
        5 => SqlType.Map(SqlType.Varchar, Type(depth - 1)),
        _ => SqlType.Row(["x", "a b"], [Type(depth - 1), SqlType.Date]),
    };

    private static Expression.Literal Text(string text) => new(At, text, SqlType.VarcharOf(text.Length));

    private Expression.Literal Number()
    {
        var value = random.Next(-50, 5000);
        return new Expression.Literal(At, value.ToString(CultureInfo.InvariantCulture), SqlType.Integer);
    }

    private Expression.Literal Count() =>
        new(At, random.Next(100).ToString(CultureInfo.InvariantCulture), SqlType.Integer);

    private Expression.Reference Reference() => new(At, Many(2, Name));

    private Identifier Name() => new(At, Pick(NamePool));

    private bool Flip() => random.Next(2) == 0;

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    private List<T> Many<T>(int most, Func<T> item) =>
        [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => item())];
}
