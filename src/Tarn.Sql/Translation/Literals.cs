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
            TypeKind.Integer when !text.StartsWith('-') => text,
            TypeKind.Date => $"DATE {DuckText.Text(text)}",
            TypeKind.Timestamp => $"TIMESTAMP {DuckText.Text(text)}",
            TypeKind.TimestampWithTimeZone => $"timezone({DuckText.Text(type.Zone)}, TIMESTAMP {DuckText.Text(text)})",
            _ => $"CAST({DuckText.Text(text)} AS {type.DuckDbName})",
        };
        return new Typed(sql, type);
    }

    public static Typed Translate(Expression.Interval interval)
    {
        var isMonths = interval.Unit is "month" or "year";
        var (count, unit) = interval.Unit == "week" ? (interval.Count * 7, "day") : (interval.Count, interval.Unit);
        return new Typed(
            $"INTERVAL '{count} {unit}'", isMonths ? SqlType.IntervalYearToMonth : SqlType.IntervalDayToSecond);
    }
}
