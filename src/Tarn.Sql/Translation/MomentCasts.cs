using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Casts among dates, times and timestamps, and the forms of text that they are read from.</summary>
internal static partial class MomentCasts
{
    private const string Date = @"\s*[0-9]{4,}-[0-9]{1,2}-[0-9]{1,2}";
    private const string Clock = @"[0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\.[0-9]+)?)?";
    private const string OffsetOrName = @"( ?[+-][0-9]{1,2}(:?[0-9]{2})?| [A-Za-z][A-Za-z0-9_/+-]*)?";

    /// <summary>The form of text that gives a value of the type, as a DuckDB literal; null of other types.</summary>
    public static string? Pattern(SqlType target) => target.Kind switch
    {
        TypeKind.Date => $@"'{Date}\s*'",
        TypeKind.Time => $"'{Clock}'",
        TypeKind.TimeWithTimeZone => $"'{Clock} ?[+-][0-9]{{1,2}}(:?[0-9]{{2}})?'",
        TypeKind.Timestamp => $@"'{Date}( {Clock})?\s*'",
        TypeKind.TimestampWithTimeZone => $@"'{Date}( {Clock})?{OffsetOrName}\s*'",
        _ => null,
    };

    /// <summary>Text of that form as the value.</summary>
    public static string Parse(string sql, SqlType target, string plain)
    {
        var text = target.Kind is TypeKind.TimestampWithTimeZone or TypeKind.TimeWithTimeZone
            ? $@"regexp_replace(trim({sql}), ' ([+-])', '\1')"
            : $"trim({sql})";
        return Round($"{plain}({text} AS {target.DuckDbName})", 6, target);
    }

    /// <summary>Null when Trino has no such cast.</summary>
    public static string? Convert(Typed value, SqlType target)
    {
        var (from, to) = (value.Type, target.Kind);
        var isMoment = from.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampWithTimeZone;
        return to switch
        {
            TypeKind.Date or TypeKind.Time when isMoment && (to == TypeKind.Date || from.Kind != TypeKind.Date) =>
                Round($"CAST({DuckText.Local(value)} AS {target.DuckDbName})", from.Precision, target),
            TypeKind.Timestamp when isMoment =>
                Round($"CAST({DuckText.Local(value)} AS TIMESTAMP)", from.Precision, target),
            TypeKind.TimestampWithTimeZone when isMoment =>
                Round(DuckText.Coerce(value, target), from.Precision, target),
            TypeKind.Time when from.Kind is TypeKind.Time or TypeKind.TimeWithTimeZone =>
                Round($"CAST({value.Sql} AS TIME)", from.Precision, target),
            TypeKind.TimeWithTimeZone when from.Kind is TypeKind.Time or TypeKind.TimeWithTimeZone =>
                Round($"CAST({value.Sql} AS TIMETZ)", from.Precision, target),
            _ => null,
        };
    }

    /// <summary>
    /// The zone in which a cast value is shown: that of the value, of the literal text, or the session's, UTC.
    /// </summary>
    public static string Zone(Expression.Cast cast, Typed value)
    {
        if (value.Type.Kind == TypeKind.TimestampWithTimeZone)
        {
            return value.Type.Zone;
        }

        if (cast.Value is not Expression.Literal { Type.Kind: TypeKind.Varchar, Text: { } text }
            || ZonePattern().Match(text) is not { Success: true } match)
        {
            return "UTC";
        }

        return Zones.Normalize(match.Groups["zone"].Value) ?? throw SqlErrors.Invalid(
            "INVALID_CAST_ARGUMENT", cast.Position, $"Value cannot be cast to timestamp: {text}");
    }

    /// <summary>Half up to the target's digits.</summary>
    public static string Round(string sql, int digits, SqlType target)
    {
        if (digits <= target.Precision || target.Kind is TypeKind.Date or TypeKind.TimeWithTimeZone)
        {
            return sql;
        }

        var unit = (long)Math.Pow(10, 6 - target.Precision);
        var (step, half) = (Microseconds(unit), Microseconds(unit / 2));
        return target.Kind == TypeKind.Time
            ? $"CAST(time_bucket({step}, DATE '1970-01-01' + {sql} + {half}, TIMESTAMP '1970-01-01') AS TIME)"
            : $"time_bucket({step}, {sql} + {half}, {target.DuckDbName} '1970-01-01')";
    }

    private static string Microseconds(long count) =>
        string.Create(CultureInfo.InvariantCulture, $"INTERVAL '{count} microsecond'");

    [GeneratedRegex(@"(:\d+(\.\d+)?|-\d+) ?(?<zone>[+-]\d{1,2}(:?\d{2})?)\s*$| (?<zone>[A-Za-z][\w/+-]*)\s*$")]
    private static partial Regex ZonePattern();
}
