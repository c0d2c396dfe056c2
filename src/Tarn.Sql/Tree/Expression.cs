using Tarn.Sql.Types;

namespace Tarn.Sql.Tree;

/// <summary>A value. The nested records are all there are.</summary>
public abstract record Expression(SqlPosition Position)
{
    /// <summary>
    /// A literal; <paramref name="Text"/> is its canonical text (null of NULL) and <paramref name="Type"/> says what it
    /// is.
    /// </summary>
    public sealed record Literal(SqlPosition Position, string? Text, SqlType Type) : Expression(Position);

    /// <summary>
    /// <c>INTERVAL '-3' DAY</c>; the unit is in lower case and singular. YEAR TO MONTH is in months, DAY TO SECOND and
    /// fractions of seconds are in milliseconds.
    /// </summary>
    public sealed record Interval(SqlPosition Position, long Count, string Unit) : Expression(Position);

    /// <summary><c>?</c>; counted from 0 in order of appearance.</summary>
    public sealed record Parameter(SqlPosition Position, int Index) : Expression(Position);

    /// <summary><c>a</c>, <c>t.a</c>, <c>db.t.a</c>, <c>t.a.field</c>.</summary>
    public sealed record Reference(SqlPosition Position, IReadOnlyList<Identifier> Parts) : Expression(Position);

    /// <summary>A field of a row value that is not a plain name.</summary>
    public sealed record Field(SqlPosition Position, Expression Value, Identifier Member) : Expression(Position);

    /// <summary><c>-x</c>, <c>+x</c>, <c>NOT x</c>.</summary>
    public sealed record Unary(SqlPosition Position, string Operator, Expression Value) : Expression(Position);

    /// <summary>
    /// Arithmetic, <c>||</c>, comparisons (also IS [NOT] DISTINCT FROM), AND, OR. Operators in upper case.
    /// </summary>
    public sealed record Binary(SqlPosition Position, string Operator, Expression Left, Expression Right)
        : Expression(Position);

    public sealed record Between(SqlPosition Position, Expression Value, Expression Low, Expression High)
        : Expression(Position);

    public sealed record InList(SqlPosition Position, Expression Value, IReadOnlyList<Expression> Items)
        : Expression(Position);

    public sealed record InQuery(SqlPosition Position, Expression Value, Query Query) : Expression(Position);

    /// <summary><c>value operator ALL (query)</c>; the quantifier is ALL or ANY (also written SOME).</summary>
    public sealed record Quantified(
        SqlPosition Position, string Operator, string Quantifier, Expression Value, Query Query)
        : Expression(Position);

    public sealed record Exists(SqlPosition Position, Query Query) : Expression(Position);

    public sealed record Subquery(SqlPosition Position, Query Query) : Expression(Position);

    public sealed record Like(SqlPosition Position, Expression Value, Expression Pattern, Expression? Escape)
        : Expression(Position);

    public sealed record IsNull(SqlPosition Position, Expression Value) : Expression(Position);

    /// <summary>Both forms; <paramref name="Operand"/> is null in the searched form.</summary>
    public sealed record Case(
        SqlPosition Position,
        Expression? Operand,
        IReadOnlyList<(Expression When, Expression Then)> Branches,
        Expression? Else) : Expression(Position);

    /// <summary>CAST or TRY_CAST; <paramref name="Length"/> is n of varchar(n).</summary>
    public sealed record Cast(SqlPosition Position, Expression Value, SqlType Type, int? Length, bool IsTry)
        : Expression(Position);

    /// <summary>A function; <paramref name="Name"/> in lower case, count(*) has no arguments.</summary>
    public sealed record Call(SqlPosition Position, string Name, IReadOnlyList<Expression> Arguments)
        : Expression(Position)
    {
        public bool IsDistinct { get; init; }

        public IReadOnlyList<OrderItem> OrderBy { get; init; } = [];

        public Expression? Filter { get; init; }

        public bool IgnoresNulls { get; init; }

        /// <summary>WITHIN GROUP: the order is written behind the parenthesis (listagg).</summary>
        public bool IsWithinGroup { get; init; }

        public ListOverflow? Overflow { get; init; }

        public Window? Over { get; init; }
    }

    public sealed record Lambda(SqlPosition Position, IReadOnlyList<Identifier> Parameters, Expression Body)
        : Expression(Position);

    public sealed record ArrayOf(SqlPosition Position, IReadOnlyList<Expression> Items) : Expression(Position);

    public sealed record RowOf(SqlPosition Position, IReadOnlyList<Expression> Items) : Expression(Position)
    {
        /// <summary>Written <c>(a, b)</c>, without the word ROW.</summary>
        public bool IsParenthesised { get; init; }
    }

    public sealed record Subscript(SqlPosition Position, Expression Value, Expression Index) : Expression(Position);

    public sealed record AtTimeZone(SqlPosition Position, Expression Value, Expression Zone) : Expression(Position);

    /// <summary>
    /// JSON_EXISTS, JSON_VALUE or JSON_QUERY (<paramref name="Name"/> in lower case) with a path in SQL/JSON.
    /// </summary>
    public sealed record JsonPath(SqlPosition Position, string Name, JsonInput Input, string Path)
        : Expression(Position)
    {
        public IReadOnlyList<(JsonInput Value, Identifier Name)> Passing { get; init; } = [];

        public JsonReturning? Returning { get; init; }

        /// <summary>WITHOUT, CONDITIONAL, UNCONDITIONAL, or null.</summary>
        public string? Wrapper { get; init; }

        /// <summary>KEEP, OMIT, or null.</summary>
        public string? Quotes { get; init; }

        public JsonBehavior? OnEmpty { get; init; }

        public JsonBehavior? OnError { get; init; }
    }

    public sealed record JsonObject(SqlPosition Position, IReadOnlyList<(Expression Key, JsonInput Value)> Members)
        : Expression(Position)
    {
        /// <summary>ABSENT ON NULL; NULL ON NULL is what counts when nothing is written.</summary>
        public bool IsAbsentOnNull { get; init; }

        public bool WithUniqueKeys { get; init; }

        public JsonReturning? Returning { get; init; }
    }

    public sealed record JsonArray(SqlPosition Position, IReadOnlyList<JsonInput> Items) : Expression(Position)
    {
        /// <summary>NULL ON NULL; ABSENT ON NULL is what counts when nothing is written.</summary>
        public bool IsNullOnNull { get; init; }

        public JsonReturning? Returning { get; init; }
    }
}
