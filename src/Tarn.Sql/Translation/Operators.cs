using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Operators by the types of their operands.</summary>
internal sealed class Operators(TranslationState state)
{
    /// <summary>The type in which two values are compared; throws when Trino would not compare them.</summary>
    public static SqlType Comparable(SqlPosition position, string symbol, SqlType left, SqlType right) =>
        Coercion.Common(left, right) ?? throw SqlErrors.TypeMismatch(
            position,
            $"Cannot apply operator: {left} {symbol} {right}",
            left.IsText || right.IsText
                ? "CAST one side to the other's type"
                : null);

    /// <summary>An expression that fails the query with <paramref name="message"/> when it is evaluated.</summary>
    public static string Fail(string message, SqlType type, TranslationState state) => state.IsInTry
        ? $"CAST(CAST(CAST({DuckText.Text(message)} AS INTEGER) AS VARCHAR) AS {type.DuckDbName})"
        : $"error({DuckText.Text(message)})";

    /// <summary>As <see cref="Fail"/>, with a message that DuckDB computes.</summary>
    private static string FailWith(string message, SqlType type, TranslationState state) => state.IsInTry
        ? $"CAST(CAST(CAST({message} AS INTEGER) AS VARCHAR) AS {type.DuckDbName})"
        : $"error({message})";

    public string Compare(SqlPosition position, string symbol, Typed left, Typed right)
    {
        var type = Comparable(position, symbol, left.Type, right.Type);
        if (type.Kind == TypeKind.Json || (symbol is "<" or "<=" or ">" or ">=" && type.Kind == TypeKind.Map))
        {
            throw SqlErrors.TypeMismatch(position, $"Cannot apply operator: {left.Type} {symbol} {right.Type}");
        }

        return new Comparisons(state).Compare(symbol, Comparisons.As(left, type), Comparisons.As(right, type));
    }

    /// <summary>Of doubles, a comparison that a join can go by; null where the usual form is one.</summary>
    public static string? JoinKey(Expression.Binary test, Typed left, Typed right) =>
        Coercion.Common(left.Type, right.Type) is { IsFloating: true } type
            ? Comparisons.JoinKey(test.Operator, Comparisons.As(left, type), Comparisons.As(right, type))
            : null;

    public static Typed Unary(Expression.Unary unary, Typed value)
    {
        if (unary.Operator == "NOT")
        {
            return value.Type.Kind is TypeKind.Boolean or TypeKind.Unknown
                ? new Typed($"(NOT {value.Sql})", SqlType.Boolean)
                : throw SqlErrors.TypeMismatch(
                    unary.Position,
                    $"Value of logical NOT expression must evaluate to a boolean (actual: {value.Type})");
        }

        if (
            !value.Type.IsNumeric && value.Type.Kind is not (
                TypeKind.IntervalDayToSecond or TypeKind.IntervalYearToMonth))
        {
            throw SqlErrors.TypeMismatch(unary.Position, $"Cannot apply operator: {unary.Operator}{value.Type}");
        }

        return unary.Operator == "+" ? value : new Typed($"(- {value.Sql})", value.Type)
        {
            IsNumber = value.IsNumber,
        };
    }

    public Typed Binary(Expression.Binary binary, Typed left, Typed right)
    {
        if (binary.Operator is not ("+" or "-" or "*" or "/" or "%" or "||"))
        {
            return new Typed(Compare(binary.Position, binary.Operator, left, right), SqlType.Boolean);
        }

        if (binary.Operator == "||")
        {
            return Concat(binary, left, right);
        }

        if ((left.Type.IsNumeric || left.Type.Kind == TypeKind.Unknown)
            && (right.Type.IsNumeric || right.Type.Kind == TypeKind.Unknown))
        {
            return Arithmetic(binary, left, right);
        }

        return new DateArithmetic(state).Translate(binary, left, right) ?? throw Mismatch(binary, left, right);
    }

    /// <summary>Array and map subscripts, which fail where nothing is there (element_at gives NULL instead).</summary>
    public Typed Subscript(Expression.Subscript subscript, Typed value, Typed index)
    {
        if (value.Type.Kind == TypeKind.Array && index.Type.IsInteger)
        {
            var type = value.Type.Arguments[0];
            var i = DuckText.Coerce(index, SqlType.BigInt);
            string Wrong(string message, string more) =>
                FailWith($"{DuckText.Text($"INVALID_FUNCTION_ARGUMENT: {message}")}{more}", type, state);
            var beyond = $" || CAST({i} AS VARCHAR) || ' > ' || CAST(len({value.Sql}) AS VARCHAR)";
            return new Typed(
                $"(CASE WHEN {i} < 0 THEN {Wrong("Array subscript is negative: ", $" || CAST({i} AS VARCHAR)")} "
                    + $"WHEN {i} = 0 THEN {Wrong("SQL array indices start at 1", "")} WHEN {i} > len({value.Sql}) THEN "
                    + Wrong("Array subscript must be less than or equal to array length: ", beyond) + " "
                    + $"ELSE ({value.Sql})[{i}] END)",
                type);
        }

        if (value.Type.Kind == TypeKind.Map
            && Coercion.Common(index.Type, value.Type.Arguments[0]) is { } common
            && (common.IsText || common.Equals(value.Type.Arguments[0])))
        {
            var type = value.Type.Arguments[1];
            var key = DuckText.Coerce(index, value.Type.Arguments[0]);
            var shown = TextOf.Value(new Typed(key, value.Type.Arguments[0]));
            var fail = shown is null
                ? Fail("INVALID_FUNCTION_ARGUMENT: Key not present in map", type, state)
                : FailWith($"'INVALID_FUNCTION_ARGUMENT: Key not present in map: ' || {shown}", type, state);
            return new Typed(
                $"(CASE WHEN NOT map_contains({value.Sql}, {key}) THEN {fail} ELSE ({value.Sql})[{key}] END)", type);
        }

        if (
            value.Type.Kind == TypeKind.Row
                && subscript.Index is Expression.Literal { Type.IsInteger: true, Text: { } text }
            && int.Parse(text, CultureInfo.InvariantCulture) is var at && at >= 1 && at <= value.Type.Arguments.Count)
        {
            return new Typed(
                $"({value.Sql}).{DuckText.Name(value.Type.FieldKey(at - 1))}", value.Type.Arguments[at - 1]);
        }

        throw SqlErrors.TypeMismatch(subscript.Position, $"Cannot apply operator: {value.Type}[{index.Type}]");
    }

    /// <summary>Numbers: + - * / %.</summary>
    public Typed Arithmetic(Expression.Binary binary, Typed left, Typed right)
    {
        var common = Coercion.Common(left.Type, right.Type)!;
        if (common.Kind == TypeKind.Unknown)
        {
            return new Typed("NULL", SqlType.Unknown);
        }

        if (common.Kind == TypeKind.Decimal)
        {
            return new DecimalArithmetic(state).Translate(binary, left, right);
        }

        var (a, b) = (DuckText.Coerce(left, common), DuckText.Coerce(right, common));
        if (binary.Operator is "+" or "-" or "*" || common.IsFloating)
        {
            return new Typed($"({a} {binary.Operator} {b})", common);
        }

        var symbol = binary.Operator == "/" ? "//" : "%";
        var fail = Fail("DIVISION_BY_ZERO: Division by zero", common, state);
        var isSafe = binary.Right is Expression.Literal { Text: { } text }
            && text.Any(digit => digit is >= '1' and <= '9');

        // The least integer % -1 is 0; DuckDB takes it for an overflow.
        var minusOne = symbol == "%" ? $" WHEN {b} = -1 THEN 1" : "";
        var divisor = isSafe ? b : $"(CASE WHEN {b} = 0 THEN {fail}{minusOne} ELSE {b} END)";
        return new Typed($"({a} {symbol} {divisor})", common);
    }

    private static Typed Concat(Expression.Binary binary, Typed left, Typed right)
    {
        if (left.Type.Kind == TypeKind.Array || right.Type.Kind == TypeKind.Array)
        {
            return ConcatArrays(binary, left, right);
        }

        var type = Coercion.Common(left.Type, right.Type);
        return type?.Kind switch
        {
            TypeKind.Varbinary => new Typed($"({left.Sql} || {right.Sql})", type),
            TypeKind.Char when left.Type.Kind == right.Type.Kind => ConcatChars(left, right),
            TypeKind.Varchar or TypeKind.Char or TypeKind.Unknown => new Typed(
                $"({DuckText.Coerce(left, SqlType.Varchar)} || {DuckText.Coerce(right, SqlType.Varchar)})",
                SqlType.Varchar),
            _ => throw Mismatch(binary, left, right),
        };
    }

    private static Typed ConcatChars(Typed left, Typed right) => new(
        $"rtrim({DuckText.Coerce(left, SqlType.Varchar)} || {right.Sql}, ' ')",
        SqlType.CharOf(Math.Min(65_536, left.Type.Length!.Value + right.Type.Length!.Value)));

    /// <summary>Arrays, or an array and an element. NULL when an array is; DuckDB takes it for an empty one.</summary>
    private static Typed ConcatArrays(Expression.Binary binary, Typed left, Typed right)
    {
        if (Coercion.Common(left.Type, right.Type) is { } both)
        {
            var (a, b) = (DuckText.Coerce(left, both), DuckText.Coerce(right, both));
            return new Typed($"(CASE WHEN {a} IS NOT NULL AND {b} IS NOT NULL THEN {a} || {b} END)", both);
        }

        var isLeft = left.Type.Kind == TypeKind.Array;
        var (list, item) = isLeft ? (left, right) : (right, left);
        if (Coercion.Common(list.Type.Arguments[0], item.Type) is not { } type)
        {
            throw Mismatch(binary, left, right);
        }

        var array = DuckText.Coerce(list, SqlType.Array(type));
        var one = $"[{DuckText.Coerce(item, type)}]";
        return new Typed(
            $"(CASE WHEN {array} IS NOT NULL THEN {(isLeft ? $"{array} || {one}" : $"{one} || {array}")} END)",
            SqlType.Array(type));
    }

    private static TarnException Mismatch(Expression.Binary binary, Typed left, Typed right) =>
        SqlErrors.TypeMismatch(
            binary.Position,
            $"Cannot apply operator: {left.Type} {binary.Operator} {right.Type}",
            binary.Operator == "||" ? "CAST the other side AS varchar" : null);
}
