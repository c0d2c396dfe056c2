using System.Globalization;
using Tarn.Sql.Errors;
using Tarn.Sql.Functions.Native.Times;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>Functions of dates and times whose text or type depends on literals, zones or precision.</summary>
internal static class MomentSpecials
{
    public static IReadOnlyDictionary<string, Func<SpecialCall, Typed?>> Table { get; } =
        new Dictionary<string, Func<SpecialCall, Typed?>>(StringComparer.Ordinal)
        {
            ["date"] = call => call.Cast(SqlType.Date),
            ["date_trunc"] = DateUnits.Truncate,
            ["date_add"] = DateUnits.Add,
            ["date_diff"] = DateUnits.Difference,
            ["date_format"] = DatePatterns.Format,
            ["format_datetime"] = DatePatterns.FormatJoda,
            ["from_iso8601_timestamp"] = FromIso,
            ["from_iso8601_timestamp_nanos"] = FromIso,
            ["to_iso8601"] = ToIso,
            ["from_unixtime"] = FromUnixTime,
            ["from_unixtime_nanos"] = FromNanos,
            ["at_timezone"] = call => call.AtTimeZone(),
            ["with_timezone"] = WithZone,
            ["timezone"] = call => new Typed(
                $"(CASE WHEN {Zoned(call).Sql} IS NOT NULL THEN {DuckText.Text(Zoned(call).Type.Zone)} END)",
                SqlType.Varchar),
            ["timezone_hour"] = call => Offset(call, "// 3600"),
            ["timezone_minute"] = call => Offset(call, "// 60 % 60"),
            ["now"] = call => Now(call, SqlType.TimestampTz),
            ["current_timestamp"] = call => Now(call, SqlType.TimestampTz),
            ["localtimestamp"] = call => Now(call, SqlType.Timestamp),
            ["localtime"] = call => Now(call, SqlType.TimeOf(3)),
            ["current_time"] = call => Now(call, SqlType.TimeTzOf(3)),
        };

    /// <summary>Shown in the literal's own zone; other text is known by its instant only and shown in UTC.</summary>
    private static Typed? FromIso(SpecialCall call)
    {
        call.RequireArguments(1, 1);
        if (!call[0].Type.IsText && call[0].Type.Kind != TypeKind.Unknown)
        {
            throw call.Mismatch();
        }

        var zone = "UTC";
        if (call.Call.Arguments[0] is Expression.Literal { Text: { } text })
        {
            zone = Zones.Offset(IsoTimes.Timestamp(text).OffsetMinutes ?? 0);
        }

        return new Typed(
            $"tarn_from_iso8601_timestamp({DuckText.Coerce(call[0], SqlType.Varchar)})", SqlType.InZone(zone));
    }

    private static Typed? ToIso(SpecialCall call)
    {
        const string Pattern = "%Y-%m-%dT%H:%M:%S";
        call.RequireArguments(1, 1);
        var type = call[0].Type;
        switch (type.Kind)
        {
            case TypeKind.Timestamp:
                return new Typed(TextOf.Moment(call[0].Sql, Pattern, type.Precision), SqlType.Varchar);
            case TypeKind.TimestampWithTimeZone:
                var text = TextOf.Moment(DuckText.Local(call[0]), Pattern, type.Precision);
                var offset = Zones.Minutes(type.Zone) is not null ? DuckText.Text(type.Zone)
                    : type.Zone == "UTC" ? "'Z'"
                    : Casts.Let($"({Zones.OffsetSeconds(type.Zone, call[0].Sql)} // 60)", minutes =>
                        $"CASE WHEN {minutes} = 0 THEN 'Z' ELSE format('{{}}{{:02d}}:{{:02d}}', "
                            + $"CASE WHEN {minutes} < 0 THEN '-' ELSE '+' END, abs({minutes}) // 60, "
                            + $"abs({minutes}) % 60) END");
                return new Typed($"({text} || {offset})", SqlType.Varchar);
            default: return null;
        }
    }

    /// <summary>Seconds, to the millisecond; a zone or an offset in hours and minutes says how it is shown.</summary>
    private static Typed? FromUnixTime(SpecialCall call)
    {
        call.RequireArguments(1, 3);
        if (!call[0].Type.IsNumeric && call[0].Type.Kind != TypeKind.Unknown)
        {
            throw call.Mismatch();
        }

        var zone = call.Count switch
        {
            1 => "UTC",
            2 => Zones.Literal(call.Call.Arguments[1], call.Call.Name),
            _ => Zones.Offset((int)Whole(call, 1) * 60 + (int)Whole(call, 2)),
        };
        return new Typed(
            $"timezone('UTC', epoch_ms(CAST(round({DuckText.Coerce(call[0], SqlType.Double)} * 1000) AS BIGINT)))",
            SqlType.InZone(zone));
    }

    /// <summary>Cut to microseconds, which is what is kept.</summary>
    private static Typed? FromNanos(SpecialCall call)
    {
        call.RequireArguments(1, 1);
        return call[0].Type.IsInteger || call[0].Type is { Kind: TypeKind.Decimal, Scale: 0 }
            ? new Typed(
                $"timezone('UTC', make_timestamp(CAST(floor(CAST({call[0].Sql} AS HUGEINT) // 1000) AS BIGINT)))",
                SqlType.InZone("UTC", 6))
            : throw call.Mismatch();
    }

    /// <summary>The wall clock of the named zone.</summary>
    private static Typed? WithZone(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        var zone = Zones.Literal(call.Call.Arguments[1], call.Call.Name);
        return call[0].Type.Kind is TypeKind.Timestamp or TypeKind.Date
            ? new Typed(
                Zones.Instant(zone, $"CAST({call[0].Sql} AS TIMESTAMP)"), SqlType.InZone(zone, call[0].Type.Precision))
            : throw call.Mismatch();
    }

    private static Typed Zoned(SpecialCall call)
    {
        call.RequireArguments(1, 1);
        return call[0].Type.Kind == TypeKind.TimestampWithTimeZone ? call[0] : throw call.Mismatch();
    }

    /// <summary>Towards zero, with the offset's sign.</summary>
    private static Typed? Offset(SpecialCall call, string part)
    {
        call.RequireArguments(1, 1);
        var seconds = call[0].Type.Kind == TypeKind.TimeWithTimeZone
            ? $"date_part('timezone', {call[0].Sql})"
            : Zones.OffsetSeconds(Zoned(call).Type.Zone, call[0].Sql);
        return new Typed(
            $"(CASE WHEN {call[0].Sql} IS NOT NULL THEN CAST(({seconds}) {part} AS BIGINT) END)", SqlType.BigInt);
    }

    /// <summary>The moment at which the query began.</summary>
    private static Typed? Now(SpecialCall call, SqlType type)
    {
        call.RequireArguments(0, 1);
        var digits = call.Count == 0 ? 3 : (int)Whole(call, 0);
        if (digits is < 0 or > 6)
        {
            throw SqlErrors.Unsupported(
                call.Call.Position, $"{call.Call.Name} has 0 to 6 digits after the point here, not {digits}");
        }

        var shape = Coercion.WithPrecision(type, digits);
        var utc = MomentCasts.Round("timezone('UTC', now())", 6, SqlType.TimestampOf(digits));
        return new Typed(
            type.Kind switch
            {
                TypeKind.Timestamp => utc,
                TypeKind.TimestampWithTimeZone => $"timezone('UTC', {utc})",
                TypeKind.Time => $"CAST({utc} AS TIME)",
                _ => $"CAST(CAST({utc} AS TIME) AS TIMETZ)",
            },
            shape);
    }

    private static long Whole(SpecialCall call, int index)
    {
        var (value, sign) = call.Call.Arguments[index] is Expression.Unary { Operator: "-", Value: var inner }
            ? (inner, -1)
            : (call.Call.Arguments[index], 1);
        return value is Expression.Literal { Type.IsInteger: true, Text: { } text }
            ? sign * long.Parse(text, CultureInfo.InvariantCulture)
            : throw SqlErrors.Unsupported(
                call.Call.Arguments[index].Position, $"{call.Call.Name} takes a literal whole number here");
    }
}
