using System.Text;
using Tarn.Sql.Functions.Native.Times;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>
/// date_format (MySQL's patterns) and format_datetime (Joda's). Literal patterns that DuckDB's strftime knows go to it,
/// the rest to C#.
/// </summary>
internal static class DatePatterns
{
    public static Typed? Format(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        var (moment, pattern) = (Moment(call), Pattern(call));
        return call.Call.Arguments[1] is Expression.Literal { Text: { } text }
            && Strftime(TimePatterns.MySql(text)) is { } known
            ? new Typed($"strftime({moment}, {DuckText.Text(known)})", SqlType.Varchar)
            : new Typed($"tarn_date_format({moment}, {pattern})", SqlType.Varchar);
    }

    public static Typed? FormatJoda(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        var (moment, pattern, type) = (Moment(call), Pattern(call), call[0].Type);
        if (call.Call.Arguments[1] is Expression.Literal { Text: { } text }
            && Strftime(TimePatterns.Joda(text)) is { } known)
        {
            return new Typed($"strftime({moment}, {DuckText.Text(known)})", SqlType.Varchar);
        }

        var isZoned = type.Kind == TypeKind.TimestampWithTimeZone;
        var zone = isZoned ? type.Zone : "UTC";
        var offset = isZoned ? Zones.OffsetSeconds(zone, call[0].Sql) : "0";
        return new Typed(
            $"tarn_format_datetime({moment}, {pattern}, {DuckText.Text(zone)}, CAST({offset} AS BIGINT))",
            SqlType.Varchar);
    }

    private static string Pattern(SpecialCall call) => call[1].Type.IsText || call[1].Type.Kind == TypeKind.Unknown
        ? DuckText.Coerce(call[1], SqlType.Varchar)
        : throw call.Mismatch();

    private static string Moment(SpecialCall call) => call[0].Type.Kind switch
    {
        TypeKind.Date => $"CAST({call[0].Sql} AS TIMESTAMP)",
        TypeKind.Timestamp or TypeKind.TimestampWithTimeZone => DuckText.Local(call[0]),
        _ => throw call.Mismatch(),
    };

    /// <summary>The pattern in strftime's words; null when it has none for a field.</summary>
    private static string? Strftime(IReadOnlyList<TimeElement> elements)
    {
        var text = new StringBuilder();
        foreach (var element in elements)
        {
            var field = element.Field == TimeField.Literal
                ? element.Text.Replace("%", "%%", StringComparison.Ordinal)
                : Field(element);
            if (field is null)
            {
                return null;
            }

            text.Append(field);
        }

        return text.ToString();
    }

    private static string? Field(TimeElement element) => (element.Field, element.Digits) switch
    {
        (TimeField.Year, 4) => "%Y",
        (TimeField.Month, 1) => "%-m",
        (TimeField.Month, 2) => "%m",
        (TimeField.MonthShort, _) => "%b",
        (TimeField.MonthText, _) => "%B",
        (TimeField.Day, 1) => "%-d",
        (TimeField.Day, 2) => "%d",
        (TimeField.DayOfYear, 3) => "%j",
        (TimeField.DayShort, _) => "%a",
        (TimeField.DayText, _) => "%A",
        (TimeField.HalfDay, _) => "%p",
        (TimeField.Hour, 1) => "%-H",
        (TimeField.Hour, 2) => "%H",
        (TimeField.ClockHourOfHalf, 1) => "%-I",
        (TimeField.ClockHourOfHalf, 2) => "%I",
        (TimeField.Minute, 1) => "%-M",
        (TimeField.Minute, 2) => "%M",
        (TimeField.Second, 1) => "%-S",
        (TimeField.Second, 2) => "%S",
        (TimeField.Fraction, 3) => "%g",
        _ => null,
    };
}
