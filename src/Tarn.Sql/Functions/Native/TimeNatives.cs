using Tarn.Primitives.Functions;
using Tarn.Sql.Functions.Native.Times;

namespace Tarn.Sql.Functions.Native;

/// <summary>Dates, times and durations from text and as text.</summary>
internal static class TimeNatives
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_date_format", (DateTime local, string pattern) =>
            TimeWriter.Write(TimePatterns.MySql(pattern), local, "UTC", 0)),
        Define.Of("tarn_date_parse", (string text, string pattern) =>
            TimeReader.Read(TimePatterns.MySql(pattern), text).Local),
        Define.Of("tarn_format_datetime", (DateTime local, string pattern, string zone, long offsetSeconds) =>
            TimeWriter.Write(TimePatterns.Joda(pattern), local, zone, offsetSeconds)),
        Define.Of("tarn_parse_datetime", (string text, string pattern) =>
            Instant(TimeReader.Read(TimePatterns.Joda(pattern), text))),
        Define.Of("tarn_from_iso8601_timestamp", (string text) => Instant(IsoTimes.Timestamp(text))),
        Define.Of("tarn_from_iso8601_date", (string text) => IsoTimes.Date(text)),
        Define.Of("tarn_parse_duration", (string text) => Durations.Parse(text)),
        Define.Of("tarn_human_readable_seconds", (double seconds) => Durations.Describe(seconds)),
    ];

    private static DateTimeOffset Instant((DateTime Local, int? OffsetMinutes) time) =>
        new(time.Local.AddMinutes(-(time.OffsetMinutes ?? 0)), TimeSpan.Zero);
}
