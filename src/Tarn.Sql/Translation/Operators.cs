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
            left.Kind == TypeKind.Varchar || right.Kind == TypeKind.Varchar
                ? "CAST one side to the other's type"
                : null);

    /// <summary>An expression that fails the query with <paramref name="message"/> when it is evaluated.</summary>
    public static string Fail(string message, SqlType type, TranslationState state) => state.IsInTry
        ? $"CAST(CAST(CAST({DuckText.Text(message)} AS INTEGER) AS VARCHAR) AS {type.DuckDbName})"
        : $"error({DuckText.Text(message)})";

    public static string Compare(SqlPosition position, string symbol, Typed left, Typed right)
    {
        var type = Comparable(position, symbol, left.Type, right.Type);
        if (type.Kind == TypeKind.Json || (symbol is "<" or "<=" or ">" or ">=" && type.Kind == TypeKind.Map))
        {
            throw SqlErrors.TypeMismatch(position, $"Cannot apply operator: {left.Type} {symbol} {right.Type}");
        }

        return $"({DuckText.Coerce(left, type)} {symbol} {DuckText.Coerce(right, type)})";
    }

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

        return unary.Operator == "+" ? value : new Typed($"(- {value.Sql})", value.Type);
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

        return DateArithmetic.Translate(binary, left, right) ?? throw Mismatch(binary, left, right);
    }

    /// <summary>Array and map subscripts, which fail where nothing is there (element_at gives NULL instead).</summary>
    public Typed Subscript(Expression.Subscript subscript, Typed value, Typed index)
    {
        if (value.Type.Kind == TypeKind.Array && index.Type.IsInteger)
        {
            var type = value.Type.Arguments[0];
            var i = DuckText.Coerce(index, SqlType.BigInt);
            var fail = Fail("INVALID_FUNCTION_ARGUMENT: Array subscript out of bounds", type, state);
            return new Typed(
                $"(CASE WHEN {i} < 1 OR {i} > len({value.Sql}) THEN {fail} ELSE ({value.Sql})[{i}] END)", type);
        }

        if (value.Type.Kind == TypeKind.Map && Coercion.CanCoerce(index.Type, value.Type.Arguments[0]))
        {
            var type = value.Type.Arguments[1];
            var key = DuckText.Coerce(index, value.Type.Arguments[0]);
            var fail = Fail("INVALID_FUNCTION_ARGUMENT: Key not present in map", type, state);
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
        var divisor = isSafe ? b : $"(CASE WHEN {b} = 0 THEN {fail} ELSE {b} END)";
        return new Typed($"({a} {symbol} {divisor})", common);
    }

    private static Typed Concat(Expression.Binary binary, Typed left, Typed right)
    {
        var type = Coercion.Common(left.Type, right.Type);
        return type?.Kind is TypeKind.Varchar or TypeKind.Array
            ? new Typed($"({DuckText.Coerce(left, type)} || {DuckText.Coerce(right, type)})", type)
            : throw Mismatch(binary, left, right);
    }

    private static TarnException Mismatch(Expression.Binary binary, Typed left, Typed right) =>
        SqlErrors.TypeMismatch(
            binary.Position,
            $"Cannot apply operator: {left.Type} {binary.Operator} {right.Type}",
            binary.Operator == "||" ? "CAST the other side AS varchar" : null);
}
