using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Parsing;

/// <summary>
/// TIMESTAMP '...' and TIME '...'. The digits written after the point are the type's precision, a zone makes it one
/// with time zone.
/// </summary>
internal static partial class MomentLiterals
{
    private const int DigitsMax = 6;

    public static Expression.Literal Timestamp(SqlPosition position, string text)
    {
        var match = TimestampPattern().Match(text);
        var clock = match.Groups["clock"].Success ? match.Groups["clock"].Value : "0:0";
        var zone = match.Groups["zone"].Success ? Zones.Normalize(match.Groups["zone"].Value) : "";
        if (!match.Success || zone is null || Clock(clock) is not { } time || !DateOnly.TryParseExact(
            match.Groups["date"].Value, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            throw Invalid(position, text, "TIMESTAMP", "write TIMESTAMP '2026-11-23 10:00:00.000'");
        }

        var digits = Digits(position, "TIMESTAMP", match.Groups["fraction"].Value);
        return new Expression.Literal(
            position,
            $"{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {time}{match.Groups["fraction"].Value}",
            zone.Length == 0 ? SqlType.TimestampOf(digits) : SqlType.InZone(zone, digits));
    }

    /// <summary>The text of a time with time zone ends in its offset.</summary>
    public static Expression.Literal Time(SqlPosition position, string text)
    {
        var match = TimePattern().Match(text);
        var zone = match.Groups["zone"].Success ? Zones.Normalize(match.Groups["zone"].Value) : "";
        if (!match.Success || zone is null || Clock(match.Groups["clock"].Value) is not { } time)
        {
            throw Invalid(position, text, "TIME", "write TIME '10:00:00.000'");
        }

        var digits = Digits(position, "TIME", match.Groups["fraction"].Value);
        return new Expression.Literal(
            position,
            $"{time}{match.Groups["fraction"].Value}{(zone == "UTC" ? "+00:00" : zone)}",
            zone.Length == 0 ? SqlType.TimeOf(digits) : SqlType.TimeTzOf(digits));
    }

    private static string? Clock(string text) => TimeOnly.TryParseExact(
        text, ["H:m", "H:m:s"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        ? time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
        : null;

    private static int Digits(SqlPosition position, string type, string fraction) => fraction.Length - 1 <= DigitsMax
        ? Math.Max(0, fraction.Length - 1)
        : throw SqlErrors.Unsupported(
            position, $"{type} literals have at most {DigitsMax} digits after the point here");

    private static TarnException Invalid(SqlPosition position, string text, string type, string hint) =>
        SqlErrors.Invalid("INVALID_LITERAL", position, $"'{text}' is not a valid {type} literal", hint);

    [GeneratedRegex(
        @"^\s*(?<date>\d{4}-\d{1,2}-\d{1,2})( (?<clock>\d{1,2}:\d{1,2}(:\d{1,2})?)(?<fraction>(?<=:.*:.*)\.\d{1,12})?)?"
        + @"(\s*(?<zone>[A-Za-z+-][A-Za-z0-9_/+:-]*))?\s*$")]
    private static partial Regex TimestampPattern();

    [GeneratedRegex(
        @"^\s*(?<clock>\d{1,2}:\d{1,2}(:\d{1,2})?)(?<fraction>(?<=:.*:.*)\.\d{1,12})?"
        + @"(\s*(?<zone>[+-]\d{1,2}(:?\d{2})?))?\s*$")]
    private static partial Regex TimePattern();
}
