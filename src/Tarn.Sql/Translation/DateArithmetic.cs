using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Dates, times, timestamps and intervals with + - * /.</summary>
internal sealed class DateArithmetic(TranslationState state)
{
    /// <summary>Null when Trino has no such operator.</summary>
    public Typed? Translate(Expression.Binary binary, Typed left, Typed right)
    {
        var symbol = binary.Operator;
        if (symbol == "*" && IsInterval(right.Type))
        {
            (left, right) = (right, left);
        }

        if (symbol is "*" or "/")
        {
            return IsInterval(left.Type) && right.Type.IsNumeric ? Scale(symbol, left, right) : null;
        }

        if (symbol is not ("+" or "-"))
        {
            return null;
        }

        if (IsInterval(left.Type))
        {
            return IsMoment(right.Type) && symbol == "+" ? Shift(binary, symbol, right, left)
                : left.Type.Equals(right.Type) ? new Typed($"({left.Sql} {symbol} {right.Sql})", left.Type)
                : null;
        }

        return IsInterval(right.Type) && IsMoment(left.Type) ? Shift(binary, symbol, left, right)
            : symbol == "-" ? Difference(left, right)
            : null;
    }

    private Typed? Shift(Expression.Binary binary, string symbol, Typed moment, Typed interval)
    {
        var (type, sql) = (moment.Type, $"({moment.Sql} {symbol} {interval.Sql})");
        var isMonths = interval.Type.Kind == TypeKind.IntervalYearToMonth;
        var precision = isMonths ? type.Precision : Math.Max(3, type.Precision);
        return type.Kind switch
        {
            TypeKind.Date when isMonths || HasWholeDays(binary) => new Typed($"CAST({sql} AS DATE)", type),
            TypeKind.Date => new Typed(
                $"(CASE WHEN epoch_ms({interval.Sql}) % 86400000 <> 0 THEN "
                    + Operators.Fail(
                        "INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date", type, state)
                    + $" ELSE CAST({sql} AS DATE) END)",
                type),
            TypeKind.Time => isMonths ? null : new Typed(sql, SqlType.TimeOf(precision)),
            TypeKind.Timestamp => new Typed(sql, SqlType.TimestampOf(precision)),
            TypeKind.TimestampWithTimeZone when isMonths => new Typed(
                Zones.Instant(type.Zone, $"({DuckText.Local(moment)} {symbol} {interval.Sql})"), type),
            TypeKind.TimestampWithTimeZone => new Typed(sql, SqlType.InZone(type.Zone, precision)),
            _ => null,
        };
    }

    /// <summary>Moments of one kind; the microseconds between them.</summary>
    private static Typed? Difference(Typed left, Typed right)
    {
        if (!IsMoment(left.Type) || Coercion.Common(left.Type, right.Type) is not { } type)
        {
            return null;
        }

        var (a, b) = (DuckText.Coerce(left, type), DuckText.Coerce(right, type));
        return new Typed($"to_microseconds(epoch_us({a}) - epoch_us({b}))", SqlType.IntervalDayToSecond);
    }

    /// <summary>Cut to whole milliseconds or months, as Trino does.</summary>
    private Typed Scale(string symbol, Typed interval, Typed number)
    {
        var factor = DuckText.Coerce(number, SqlType.Double);
        if (symbol == "/")
        {
            var fail = Operators.Fail("DIVISION_BY_ZERO: Division by zero", SqlType.Double, state);
            factor = $"(CASE WHEN {factor} = 0 THEN {fail} ELSE {factor} END)";
        }

        return interval.Type.Kind == TypeKind.IntervalDayToSecond
            ? new Typed(
                $"to_microseconds(CAST(trunc(epoch_ms({interval.Sql}) {symbol} {factor}) AS BIGINT) * 1000)",
                interval.Type)
            : new Typed(
                $"to_months(CAST(trunc((date_part('year', {interval.Sql}) * 12 + date_part('month', {interval.Sql})) "
                    + $"{symbol} {factor}) AS INTEGER))",
                interval.Type);
    }

    /// <summary>A literal in days, or in milliseconds that make whole days.</summary>
    private static bool HasWholeDays(Expression.Binary binary)
    {
        var interval = binary.Right as Expression.Interval ?? binary.Left as Expression.Interval;
        return interval is { Unit: "day" or "week" }
            || (interval is { Unit: "millisecond", Count: var count } && count % 86_400_000 == 0);
    }

    private static bool IsInterval(SqlType type) =>
        type.Kind is TypeKind.IntervalDayToSecond or TypeKind.IntervalYearToMonth;

    private static bool IsMoment(SqlType type) => type.Kind
        is TypeKind.Date or TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampWithTimeZone;
}
