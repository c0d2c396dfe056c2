using System.Globalization;
using System.Text;
using Tarn.Delivery.Conversion.Times;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Tests.Conversion.Times;

public sealed class TimesTests
{
    [Theory]
    [InlineData("2017-02-07T15:13:01.39256Z", "2017-02-07 15:13:01.392560")]
    [InlineData("2017-02-07T15:13:01.123456789Z", "2017-02-07 15:13:01.123456")]
    [InlineData("2017-02-07 15:13:01.14", "2017-02-07 15:13:01.140000")]
    [InlineData("2017-2-7 5:3:1", "2017-02-07 05:03:01.000000")]
    [InlineData("1518033528", "2018-02-07 19:58:48.000000")]
    [InlineData("1518033528123", "2018-02-07 19:58:48.123000")]
    [InlineData("1518033528.123", "2018-02-07 19:58:48.123000")]
    [InlineData("-1", "1969-12-31 23:59:59.000000")]
    [InlineData("0", "1970-01-01 00:00:00.000000")]
    [InlineData("1.5e9", "2017-07-14 02:40:00.000000")]
    public void OpenX_FormsThatFirehoseNames_AreRead(string text, string expected)
    {
        Assert.True(new OpenXTimes().TryReadTimestamp(Encoding.UTF8.GetBytes(text), isText: true, out var micros));

        Assert.Equal(expected, Print(micros));
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2017-02-07T25:13:01Z")]
    [InlineData("2017-02-30 15:13:01")]
    [InlineData("17-02-07 15:13:01")]
    [InlineData("2017-2-7 15:13:01.")]
    [InlineData("2017-2-7 15:13:01.1234567890")]
    [InlineData("2017-2-7 15:13:60")]
    [InlineData("100000000000001")]
    [InlineData("1e40")]
    [InlineData("1,5")]
    public void OpenX_OtherTexts_AreNot(string text) =>
        Assert.False(new OpenXTimes().TryReadTimestamp(Encoding.UTF8.GetBytes(text), isText: true, out _));

    [Theory]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.SSSZ", "2024-01-02T03:04:05.678-05:30", "2024-01-02 08:34:05.678000")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ssZZ", "2024-01-02T03:04:05Z", "2024-01-02 03:04:05.000000")]
    [InlineData("yyyyMMddHHmmss", "20240102030405", "2024-01-02 03:04:05.000000")]
    [InlineData("EEE MMM d HH:mm:ss yyyy", "Tue Jan 2 03:04:05 2024", "2024-01-02 03:04:05.000000")]
    [InlineData("EEEE, d MMMM yyyy h:mm a", "Tuesday, 2 january 2024 12:04 AM", "2024-01-02 00:04:00.000000")]
    [InlineData("M/d/yyyy K a", "1/2/2024 11 PM", "2024-01-02 23:00:00.000000")]
    [InlineData("yyyy DDD k", "2024 060 24", "2024-02-29 00:00:00.000000")]
    [InlineData("HH 'o''clock'", "03 o'clock", "1970-01-01 03:00:00.000000")]
    [InlineData("yyyy''MM", "2024'01", "2024-01-01 00:00:00.000000")]
    [InlineData("dd.MM.yyyy SSSSSSSSS", "02.01.2024 123456789", "2024-01-02 00:00:00.123456")]
    public void Joda_Pattern_ReadsTheWholeText(string pattern, string text, string expected)
    {
        var parsed = JodaPattern.Parse(pattern);

        Assert.True(parsed.TryRead(Encoding.UTF8.GetBytes(text), out var micros));
        Assert.Equal(expected, Print(micros));
        Assert.False(parsed.TryRead(Encoding.UTF8.GetBytes(text + "x"), out _));
    }

    [Theory]
    [InlineData("yyyy-MM-dd", "2023-02-29")]
    [InlineData("yyyy-MM-dd", "2023-13-01")]
    [InlineData("EEE yyyy-MM-dd", "Mon 2024-01-02")]
    [InlineData("yyyy DDD", "2023 366")]
    [InlineData("h a", "13 PM")]
    [InlineData("H:m", "24:00")]
    [InlineData("HHZ", "03+9900")]
    public void Joda_TimeThatIsNone_IsNotRead(string pattern, string text) =>
        Assert.False(JodaPattern.Parse(pattern).TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("", ErrorKind.Invalid, "empty")]
    [InlineData("yyyy'T", ErrorKind.Invalid, "quote")]
    [InlineData("yyyy-MM-ddX", ErrorKind.Invalid, "letter X")]
    [InlineData("yy-MM-dd", ErrorKind.Unsupported, "century")]
    [InlineData("yyyy zzz", ErrorKind.Unsupported, "letter z")]
    [InlineData("yyyy ZZZ", ErrorKind.Unsupported, "zones")]
    [InlineData("xxxx ww", ErrorKind.Unsupported, "letter x")]
    public void Joda_PatternThatIsNotRead_SaysWhy(string pattern, ErrorKind kind, string named)
    {
        var failure = Assert.Throws<TarnException>(() => JodaPattern.Parse(pattern));

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    private static string Print(long micros) => DateTime.UnixEpoch.AddMicroseconds(micros)
        .ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
