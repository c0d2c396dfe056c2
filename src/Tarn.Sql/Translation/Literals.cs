using System.Globalization;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Literals in DuckDB's words, pinned to their Trino type.</summary>
internal static class Literals
{
    public static Typed Translate(Expression.Literal literal)
    {
        var type = literal.Type;
        var text = literal.Text;
        var sql = type.Kind switch
        {
            _ when text is null => "NULL",
            TypeKind.Boolean => text,
            TypeKind.Varchar => DuckText.Text(text),
            TypeKind.Char => DuckText.Text(text.TrimEnd(' ')),
            TypeKind.Varbinary => $"unhex({DuckText.Text(text)})",
            TypeKind.Integer when !text.StartsWith('-') => text,
            TypeKind.Date => $"DATE {DuckText.Text(text)}",
            TypeKind.Time => $"TIME {DuckText.Text(text)}",
            TypeKind.Timestamp => $"TIMESTAMP {DuckText.Text(text)}",
            TypeKind.TimestampWithTimeZone => Zones.Instant(type.Zone, $"TIMESTAMP {DuckText.Text(text)}"),
            _ => $"CAST({DuckText.Text(text)} AS {type.DuckDbName})",
        };
        return new Typed(sql, type)
        {
            IsNumber = text is not null && !text.Contains("nan", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>Intervals of days and less are kept in microseconds alone: a day is 24 hours of them.</summary>
    public static Typed Translate(Expression.Interval interval)
    {
        var months = interval.Unit switch { "year" => 12, "month" => 1, _ => 0 };
        if (months > 0)
        {
            return new Typed(Invariant($"INTERVAL '{interval.Count * months} month'"), SqlType.IntervalYearToMonth);
        }

        var milliseconds = interval.Count * interval.Unit switch
        {
            "week" => 7 * 86_400_000L,
            "day" => 86_400_000L,
            "hour" => 3_600_000L,
            "minute" => 60_000L,
            "second" => 1000L,
            _ => 1L,
        };
        return new Typed(Invariant($"INTERVAL '{milliseconds} millisecond'"), SqlType.IntervalDayToSecond);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
