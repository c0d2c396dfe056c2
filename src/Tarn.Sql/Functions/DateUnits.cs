using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>
/// date_trunc, date_add and date_diff: functions of a unit. Of a timestamp with time zone, days and more are those of
/// its zone's calendar, hours and less are spans of time.
/// </summary>
internal static class DateUnits
{
    private static readonly string[] Clock = ["millisecond", "second", "minute", "hour"];
    private static readonly string[] Calendar = ["day", "week", "month", "quarter", "year"];

    public static Typed? Truncate(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        var (value, type) = (call[1], call[1].Type);
        var unit = Unit(call, type);
        var local = DuckText.Local(value);
        return type.Kind switch
        {
            TypeKind.Date => new Typed($"CAST(date_trunc('{unit}', {value.Sql}) AS DATE)", type),
            TypeKind.Time => new Typed($"CAST(date_trunc('{unit}', {OnEpoch(value.Sql)}) AS TIME)", type),
            TypeKind.Timestamp => new Typed($"date_trunc('{unit}', {value.Sql})", type),
            TypeKind.TimestampWithTimeZone when Calendar.Contains(unit) => new Typed(
                Zones.Instant(type.Zone, $"date_trunc('{unit}', {local})"), type),

            // By the distance: an hour that comes twice in autumn is not told by the wall clock.
            TypeKind.TimestampWithTimeZone => new Typed(
                $"timezone('UTC', timezone('UTC', {value.Sql}) - ({local} - date_trunc('{unit}', {local})))", type),
            _ => throw call.Mismatch(),
        };
    }

    public static Typed? Add(SpecialCall call)
    {
        call.RequireArguments(3, 3);
        var unit = Unit(call, call[2].Type);
        if (!call[1].Type.IsInteger)
        {
            throw call.Mismatch();
        }

        var count = DuckText.Coerce(call[1], SqlType.BigInt);
        var step = unit switch
        {
            "year" or "month" or "day" => $"to_{unit}s(CAST({count} AS INTEGER))",
            "quarter" => $"to_months(CAST({count} * 3 AS INTEGER))",
            "week" => $"to_days(CAST({count} * 7 AS INTEGER))",
            "millisecond" => $"to_microseconds({count} * 1000)",
            _ => $"to_{unit}s({count})",
        };
        var (value, type) = (call[2], call[2].Type);
        var precise = unit == "millisecond" ? Coercion.WithPrecision(type, Math.Max(3, type.Precision)) : type;
        return type.Kind switch
        {
            TypeKind.Date => new Typed($"CAST({value.Sql} + {step} AS DATE)", type),
            TypeKind.Time or TypeKind.Timestamp => new Typed($"({value.Sql} + {step})", precise),
            TypeKind.TimestampWithTimeZone when Calendar.Contains(unit) => new Typed(
                Zones.Instant(type.Zone, $"({DuckText.Local(value)} + {step})"), type),
            TypeKind.TimestampWithTimeZone => new Typed(
                $"timezone('UTC', timezone('UTC', {value.Sql}) + {step})", precise),
            _ => throw call.Mismatch(),
        };
    }

    /// <summary>
    /// Whole units between the two, as DuckDB's date_sub counts them (its date_diff counts boundaries).
    /// </summary>
    public static Typed? Difference(SpecialCall call)
    {
        call.RequireArguments(3, 3);
        var type = Coercion.Common(call[1].Type, call[2].Type) ?? throw call.Mismatch();
        var unit = Unit(call, type);
        if (type.Kind == TypeKind.TimestampWithTimeZone)
        {
            type = SqlType.InZone(
                call[1].Type.Kind == TypeKind.TimestampWithTimeZone ? call[1].Type.Zone : "UTC", type.Precision);
        }

        string Side(Typed value) => type.Kind switch
        {
            TypeKind.Date or TypeKind.Timestamp => DuckText.Coerce(value, type),
            TypeKind.Time => OnEpoch(value.Sql),
            TypeKind.TimestampWithTimeZone when Clock.Contains(unit) =>
                $"timezone('UTC', {DuckText.Coerce(value, type)})",
            TypeKind.TimestampWithTimeZone => Zones.Local(type.Zone, DuckText.Coerce(value, type)),
            _ => throw call.Mismatch(),
        };
        return new Typed($"date_sub('{unit}', {Side(call[1])}, {Side(call[2])})", SqlType.BigInt);
    }

    private static string OnEpoch(string time) => $"(DATE '1970-01-01' + {time})";

    private static string Unit(SpecialCall call, SqlType type)
    {
        var unit = call.LiteralText(0, "unit").ToLowerInvariant();
        var known = type.Kind switch
        {
            TypeKind.Date => Calendar,
            TypeKind.Time => Clock,
            _ => [.. Clock, .. Calendar],
        };
        return known.Contains(unit)
            ? unit
            : throw SqlErrors.Invalid(
                "INVALID_FUNCTION_ARGUMENT",
                call.Call.Arguments[0].Position,
                $"'{unit}' is not a valid {type.BaseName.ToUpperInvariant()} field",
                Primitives.Errors.Suggestion.Hint(unit, known));
    }
}
