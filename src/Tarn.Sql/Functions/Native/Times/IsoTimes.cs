using System.Globalization;
using System.Text.RegularExpressions;

namespace Tarn.Sql.Functions.Native.Times;

/// <summary>Dates and times in ISO 8601: calendar dates, week dates, ordinal dates, with or without time.</summary>
internal static partial class IsoTimes
{
    public static DateOnly Date(string text)
    {
        var match = DatePattern().Match(text);
        return match.Success ? DateOnly.FromDateTime(Date(match)) : throw Invalid(text);
    }

    /// <summary>The wall clock and the minutes east of Greenwich when the text names them.</summary>
    public static (DateTime Local, int? OffsetMinutes) Timestamp(string text)
    {
        var match = TimestampPattern().Match(text);
        if (!match.Success)
        {
            throw Invalid(text);
        }

        var fraction = match.Groups["fraction"].Value.PadRight(3, '0')[..3];
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        if (hour > 23 || minute > 59 || second > 59)
        {
            throw Invalid(text);
        }

        var local = Date(match).AddHours(hour).AddMinutes(minute).AddSeconds(second)
            .AddMilliseconds(int.Parse(fraction, CultureInfo.InvariantCulture));
        var zone = match.Groups["zone"].Value;
        return (local, zone.Length == 0 ? null : zone is "Z" or "z" ? 0 : Offset(match));
    }

    private static int Offset(Match match) => (match.Groups["sign"].Value == "-" ? -1 : 1)
        * ((Number(match, "zoneHour") * 60) + Number(match, "zoneMinute"));

    private static DateTime Date(Match match)
    {
        var year = match.Groups["year"].Success ? Number(match, "year") : 1970;
        try
        {
            if (match.Groups["week"].Success)
            {
                var day = match.Groups["weekDay"].Success ? Number(match, "weekDay") : 1;
                return ISOWeek.ToDateTime(year, Number(match, "week"), (DayOfWeek)(day % 7));
            }

            return match.Groups["ordinal"].Success
                ? new DateTime(year, 1, 1).AddDays(Number(match, "ordinal") - 1)
                : new DateTime(
                    year,
                    match.Groups["month"].Success ? Number(match, "month") : 1,
                    match.Groups["day"].Success ? Number(match, "day") : 1);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Invalid(match.Value);
        }
    }

    private static int Number(Match match, string group) => match.Groups[group].Success
        ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
        : 0;

    private static Primitives.Errors.TarnException Invalid(string text) =>
        Define.Invalid($"Invalid format: \"{text}\" is no ISO 8601 text");

    private const string DateText =
        @"(?<year>\d{4})(-(?<month>\d{2})(-(?<day>\d{2}))?|-W(?<week>\d{2})(-(?<weekDay>[1-7]))?|-(?<ordinal>\d{3}))?";

    private const string TimeText =
        @"(?<hour>\d{2})(:(?<minute>\d{2})(:(?<second>\d{2})([.,](?<fraction>\d{1,9}))?)?)?";

    [GeneratedRegex($"^{DateText}$")]
    private static partial Regex DatePattern();

    [GeneratedRegex(
        $@"^({DateText})?(T({TimeText})?"
            + @"(?<zone>[Zz]|(?<sign>[+-])(?<zoneHour>\d{2})(:?(?<zoneMinute>\d{2}))?)?)?$")]
    private static partial Regex TimestampPattern();
}
