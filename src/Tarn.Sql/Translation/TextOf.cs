using System.Globalization;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Values as the text that CAST(x AS varchar) gives.</summary>
internal static class TextOf
{
    /// <summary>Null when Trino has no such cast.</summary>
    public static string? Value(Typed value) => value.Type.Kind switch
    {
        TypeKind.Varchar => value.Sql,
        TypeKind.Char => DuckText.Coerce(value, SqlType.Varchar),
        TypeKind.Real or TypeKind.Double => DoubleText.Print(value.Sql),
        TypeKind.Timestamp => Moment(value.Sql, "%Y-%m-%d %H:%M:%S", value.Type.Precision),
        TypeKind.TimestampWithTimeZone => $"({Moment(DuckText.Local(value), "%Y-%m-%d %H:%M:%S", value.Type.Precision)}"
            + $" || {DuckText.Text(" " + value.Type.Zone)})",
        TypeKind.Time => Time(value.Sql, value.Type.Precision),
        TypeKind.TimeWithTimeZone => ZonedTime(value),
        TypeKind.IntervalDayToSecond => Interval(value.Sql),
        TypeKind.IntervalYearToMonth => Months(value.Sql),

        // DuckDB writes no zero before the point when all digits are behind it.
        TypeKind.Decimal when value.Type.Precision == value.Type.Scale && value.Type.Precision < 38 =>
            $"CAST(CAST({value.Sql} AS DECIMAL({value.Type.Precision + 1},{value.Type.Scale})) AS VARCHAR)",
        TypeKind.Boolean or TypeKind.Date or TypeKind.Decimal or TypeKind.Uuid => $"CAST({value.Sql} AS VARCHAR)",
        _ when value.Type.IsInteger => $"CAST({value.Sql} AS VARCHAR)",
        _ => null,
    };

    /// <summary>A timestamp by a strftime pattern that ends in seconds, and the fraction's digits.</summary>
    public static string Moment(string timestamp, string pattern, int digits) => digits switch
    {
        0 => $"strftime({timestamp}, '{pattern}')",
        3 => $"strftime({timestamp}, '{pattern}.%g')",
        6 => $"strftime({timestamp}, '{pattern}.%f')",
        _ => $"regexp_replace(strftime({timestamp}, '{pattern}.%f'), '[0-9]{{{6 - digits}}}$', '')",
    };

    private static string Time(string time, int digits) => Moment($"(DATE '1970-01-01' + {time})", "%H:%M:%S", digits);

    private static string ZonedTime(Typed value) => Casts.Let(value.Sql, v =>
    {
        var minutes = $"CAST(date_part('timezone', {v}) // 60 AS INTEGER)";
        var offset = $"format('{{}}{{:02d}}:{{:02d}}', CASE WHEN {minutes} < 0 THEN '-' ELSE '+' END, "
            + $"abs({minutes}) // 60, abs({minutes}) % 60)";
        return $"({Time($"CAST({v} AS TIME)", value.Type.Precision)} || {offset})";
    });

    private static string Interval(string interval) => Casts.Let(
        $"epoch_ms({interval})",
        v => $"format('{{}}{{}} {{:02d}}:{{:02d}}:{{:02d}}.{{:03d}}', CASE WHEN {v} < 0 THEN '-' ELSE '' END, "
            + string.Join(", ", new[] { 86_400_000L, 3_600_000, 60_000, 1000, 1 }.Select((unit, i) => Part(v, unit, i)))
            + ")");

    private static string Part(string milliseconds, long unit, int index)
    {
        var modulus = index switch { 0 => 0, 1 => 24, 2 or 3 => 60, _ => 1000 };
        var whole = string.Create(CultureInfo.InvariantCulture, $"abs({milliseconds}) // {unit}");
        return modulus == 0 ? whole : string.Create(CultureInfo.InvariantCulture, $"({whole}) % {modulus}");
    }

    private static string Months(string interval) => Casts.Let(
        $"(date_part('year', {interval}) * 12 + date_part('month', {interval}))",
        v => $"format('{{}}{{}}-{{}}', CASE WHEN {v} < 0 THEN '-' ELSE '' END, abs({v}) // 12, abs({v}) % 12)");
}
