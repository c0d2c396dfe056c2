using System.Text;
using Tarn.Delivery.EventTimes;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Tests.EventTimes;

public sealed class EventTimeReaderTests
{
    [Theory]
    [InlineData(null, "\"2026-11-23T10:11:12Z\"", "2026-11-23T10:11:12.0000000")]
    [InlineData(null, "\"2026-11-23T10:11:12\"", "2026-11-23T10:11:12.0000000")]
    [InlineData(null, "\"2026-11-23T10:11\"", "2026-11-23T10:11:00.0000000")]
    [InlineData(null, "\"2026-11-23\"", "2026-11-23T00:00:00.0000000")]
    [InlineData(null, "\"2026-11-23T10:11:12.5+09:00\"", "2026-11-23T01:11:12.5000000")]
    [InlineData(null, "\"2026-11-23T10:11:12.123456789-0330\"", "2026-11-23T13:41:12.1234567")]
    [InlineData(null, "\"2026-11-23T10:11:12+09\"", "2026-11-23T01:11:12.0000000")]
    [InlineData(null, "\"2026-11-23 10:11:12\"", "2026-11-23T10:11:12.0000000")]
    [InlineData("iso8601", "\"2026-11-23 10:11:12.001 +01:00\"", "2026-11-23T09:11:12.0010000")]
    [InlineData(null, "1565382027", "2019-08-09T20:20:27.0000000")]
    [InlineData(null, "1565382027.25", "2019-08-09T20:20:27.2500000")]
    [InlineData(null, "1565382027123", "2019-08-09T20:20:27.1230000")]
    [InlineData("epoch_s", "99", "1970-01-01T00:01:39.0000000")]
    [InlineData("epoch_ms", "99", "1970-01-01T00:00:00.0990000")]
    [InlineData("epoch_ms", "\"1565382027123\"", "2019-08-09T20:20:27.1230000")]
    [InlineData("yyyy-MM-dd HH:mm:ss.SSS", "\"2026-11-23 10:11:12.045\"", "2026-11-23T10:11:12.0450000")]
    [InlineData("dd/MMM/yyyy:HH:mm:ss Z", "\"10/Oct/2000:13:55:36 -0700\"", "2000-10-10T20:55:36.0000000")]
    [InlineData("yyyyMMddHHmmss", "\"20261123101112\"", "2026-11-23T10:11:12.0000000")]
    [InlineData("d.M.yy h:mm a", "\"5.3.15 11:53 PM\"", "2015-03-05T23:53:00.0000000")]
    [InlineData("EEEE, d MMMM yyyy", "\"Thursday, 5 March 2015\"", "2015-03-05T00:00:00.0000000")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ssXXX", "\"2026-11-23T00:30:00+09:00\"", "2026-11-22T15:30:00.0000000")]
    public void Read_TimeInItsForm_IsUtc(string? format, string value, string expected)
    {
        var reading = Read("at", format, $"{{\"x\":{{\"at\":1}},\"at\":{value},\"y\":[1,2]}}");

        Assert.Null(reading.Reason);
        Assert.Equal(expected, reading.Time!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff"));
        Assert.Equal(TimeSpan.Zero, reading.Time.Value.Offset);
    }

    [Theory]
    [InlineData("at", null, "{\"x\":1}", "has no field 'at'")]
    [InlineData("a.b", null, "{\"a\":1}", "has no field 'a.b'")]
    [InlineData("a.b", null, "{\"b\":1}", "has no field 'a.b'")]
    [InlineData("at", null, "[1]", "has no field 'at'")]
    [InlineData("at", null, "{\"at\":null}", "is null")]
    [InlineData("at", null, "{\"at\":true}", "is not of the form")]
    [InlineData("at", null, "{\"at\":{}}", "is not of the form")]
    [InlineData("at", null, "{\"at\":\"yesterday\"}", "is 'yesterday', not a time")]
    [InlineData("at", null, "{\"at\":\"2026-02-30\"}", "not a time")]
    [InlineData("at", null, "{\"at\":\"2026-11-23T25:00\"}", "not a time")]
    [InlineData("at", null, "{\"at\":\"2026-11-23T10:11:12Zx\"}", "not a time")]
    [InlineData("at", null, "{\"at\":\"0026-11-23\"}", "not a time")]
    [InlineData("at", null, "{\"at\":1e300}", "not a time")]
    [InlineData("at", "iso8601", "{\"at\":5}", "is not of the form iso8601")]
    [InlineData("at", "epoch_s", "{\"at\":\"x\"}", "not a time of the form epoch_s")]
    [InlineData("at", "yyyy-MM-dd", "{\"at\":\"2026-11-23T00:00\"}", "not a time of the form yyyy-MM-dd")]
    [InlineData("at", "yyyy-MM-dd", "{\"at\":\"2026-13-01\"}", "not a time")]
    [InlineData("at", null, "{\"at\":", "is not JSON")]
    [InlineData("at", null, "hello", "is not JSON")]
    [InlineData("at", null, "", "is not JSON")]
    [InlineData("at", null, "{\"at\":\"\\ud800\"}", "not valid Unicode")]
    public void Read_NoTime_HasAReason(string field, string? format, string record, string expected)
    {
        var reading = Read(field, format, record);

        Assert.Null(reading.Time);
        Assert.Contains(expected, reading.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DottedField_LeadsIntoObjects()
    {
        const string Nested = """{"at":1,"event":{"x":[{"at":2}],"meta":{"b":{},"at":1565382027}}}""";
        var reading = Read("event.meta.at", null, Nested);

        Assert.Equal(1565382027, reading.Time!.Value.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("at", "iso", ErrorKind.Invalid)]
    [InlineData("at", "epoc_s", ErrorKind.Invalid)]
    [InlineData("at", "HH:mm", ErrorKind.Invalid)]
    [InlineData("at", "yyyy-MM-dd ww", ErrorKind.Unsupported)]
    [InlineData("at", "yyyy-MM-dd z", ErrorKind.Unsupported)]
    [InlineData("a..b", null, ErrorKind.Invalid)]
    [InlineData("", null, ErrorKind.Invalid)]
    public void Construct_SettingsThatCannotBeUsed_AreRefused(string field, string? format, ErrorKind kind)
    {
        var error = Assert.Throws<TarnException>(() => new EventTimeReader(new EventTime(field, format)));

        Assert.Equal(kind, error.Kind);
    }

    private static EventTimeReading Read(string field, string? format, string record) =>
        new EventTimeReader(new EventTime(field, format)).Read(Encoding.UTF8.GetBytes(record));
}
