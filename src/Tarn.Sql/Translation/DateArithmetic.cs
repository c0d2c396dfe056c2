using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Dates, timestamps and intervals with + and -.</summary>
internal static class DateArithmetic
{
    /// <summary>Null when Trino has no such operator.</summary>
    public static Typed? Translate(Expression.Binary binary, Typed left, Typed right)
    {
        var symbol = binary.Operator;
        if (symbol == "+" && IsInterval(left.Type) && IsMoment(right.Type))
        {
            (left, right) = (right, left);
        }

        if (symbol is not ("+" or "-"))
        {
            return null;
        }

        if (IsInterval(left.Type) && left.Type.Equals(right.Type))
        {
            return new Typed($"({left.Sql} {symbol} {right.Sql})", left.Type);
        }

        if (!IsInterval(right.Type) || !IsMoment(left.Type))
        {
            return IsMoment(left.Type) && IsMoment(right.Type)
                ? throw SqlErrors.Unsupported(
                    binary.Position,
                    $"{left.Type} {symbol} {right.Type} is not supported",
                    "use date_diff('day', a, b)")
                : null;
        }

        return left.Type.Kind switch
        {
            TypeKind.Date when right.Type.Kind == TypeKind.IntervalDayToSecond && HasHours(binary) =>
                throw SqlErrors.TypeMismatch(
                    binary.Position, "Cannot add hour, minutes or seconds to a date", "CAST the date AS timestamp"),
            TypeKind.Date => new Typed($"CAST(({left.Sql} {symbol} {right.Sql}) AS DATE)", SqlType.Date),
            TypeKind.Timestamp => new Typed($"({left.Sql} {symbol} {right.Sql})", SqlType.Timestamp),
            _ when right.Type.Kind == TypeKind.IntervalYearToMonth => new Typed(
                $"timezone({DuckText.Text(left.Type.Zone)}, {DuckText.Local(left)} {symbol} {right.Sql})", left.Type),
            _ => new Typed(
                $"timezone('UTC', timezone('UTC', {left.Sql}) {symbol} {right.Sql})", left.Type),
        };
    }

    /// <summary>Only literal intervals are whole days for certain.</summary>
    private static bool HasHours(Expression.Binary binary) =>
        !(
            binary.Right is Expression.Interval { Unit: "day" or "week" }
            || binary.Left is Expression.Interval { Unit: "day" or "week" });

    private static bool IsInterval(SqlType type) =>
        type.Kind is TypeKind.IntervalDayToSecond or TypeKind.IntervalYearToMonth;

    private static bool IsMoment(SqlType type) =>
        type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampWithTimeZone;
}
