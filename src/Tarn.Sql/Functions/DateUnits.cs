using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>date_trunc, date_add and date_diff: functions of a unit.</summary>
internal static class DateUnits
{
    private static readonly string[] Units =
        ["millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year"];

    public static Typed? Truncate(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        var unit = Unit(call, call[1].Type);
        var (value, type) = (call[1], call[1].Type);
        return type.Kind switch
        {
            TypeKind.Date => new Typed($"CAST(date_trunc('{unit}', {value.Sql}) AS DATE)", type),
            TypeKind.Timestamp => new Typed($"date_trunc('{unit}', {value.Sql})", type),
            TypeKind.TimestampWithTimeZone => new Typed(
                $"timezone({DuckText.Text(type.Zone)}, date_trunc('{unit}', {DuckText.Local(value)}))", type),
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
            _ => $"to_{unit}s({count})",
        };
        var (value, type) = (call[2], call[2].Type);
        var isCalendar = unit is "year" or "month" or "day" or "quarter" or "week";
        return type.Kind switch
        {
            TypeKind.Date => new Typed($"CAST({value.Sql} + {step} AS DATE)", type),
            TypeKind.Timestamp => new Typed($"({value.Sql} + {step})", type),
            TypeKind.TimestampWithTimeZone when isCalendar => new Typed(
                $"timezone({DuckText.Text(type.Zone)}, {DuckText.Local(value)} + {step})", type),
            TypeKind.TimestampWithTimeZone => new Typed($"({value.Sql} + {step})", type),
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
        if (type.Kind is not (TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampWithTimeZone))
        {
            throw call.Mismatch();
        }

        var (from, to) = (
            DuckText.Local(new Typed(DuckText.Coerce(call[1], type), type)),
            DuckText.Local(new Typed(DuckText.Coerce(call[2], type), type)));
        return new Typed($"date_sub('{unit}', {from}, {to})", SqlType.BigInt);
    }

    private static string Unit(SpecialCall call, SqlType type)
    {
        var unit = call.LiteralText(0, "unit").ToLowerInvariant();
        var known = type.Kind == TypeKind.Date ? Units.Skip(4) : Units;
        return known.Contains(unit)
            ? unit
            : throw SqlErrors.Invalid(
                "INVALID_FUNCTION_ARGUMENT",
                call.Call.Arguments[0].Position,
                $"'{unit}' is not a valid {type.BaseName.ToUpperInvariant()} field",
                Primitives.Errors.Suggestion.Hint(unit, known));
    }
}
