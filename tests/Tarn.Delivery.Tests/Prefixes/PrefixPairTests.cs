using Tarn.Delivery.Prefixes;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Tests.Prefixes;

public sealed class PrefixPairTests
{
    private static readonly PrefixValues Values = new()
    {
        Time = new DateTimeOffset(2018, 8, 27, 10, 30, 0, TimeSpan.Zero),
        Seed = 1,
        ErrorType = "processing-failed",
    };

    [Theory]
    [InlineData(null, null, "2018/08/27/10/", "processing-failed/2018/08/27/10/")]
    [InlineData("raw/", null, "raw/2018/08/27/10/", "raw/processing-failed/2018/08/27/10/")]
    [InlineData("raw/", "", "raw/2018/08/27/10/", "raw/processing-failed/2018/08/27/10/")]
    [InlineData(null, "failed/!{firehose:error-output-type}/", "2018/08/27/10/", "failed/processing-failed/")]
    [InlineData("!{timestamp:yyyy}/", "failed/", "2018/", "failed/processing-failed/2018/08/27/10/")]
    public void Parse_WithAndWithoutExpressions_IsAsFirehoseDocuments(
        string? prefix, string? errorPrefix, string data, string error)
    {
        var pair = PrefixPair.Parse(prefix, errorPrefix, isPartitioned: false, "Prefix", "ErrorOutputPrefix");

        Assert.Equal((data, error), (pair.Data.Evaluate(Values), pair.Error.Evaluate(Values)));
    }

    [Theory]
    [InlineData("!{timestamp:yyyy}/", null, false, "ErrorOutputPrefix is missing")]
    [InlineData("!{firehose:random-string}/", null, false, "ErrorOutputPrefix is missing")]
    [InlineData("!{partitionKeyFromQuery:id}/", "e/", false, "dynamic partitioning is not enabled")]
    [InlineData("raw/", "e/", true, "holds no partition key")]
    public void Parse_TwoThatDoNotFit_IsRefused(string prefix, string? errorPrefix, bool isPartitioned, string expected)
    {
        var error = Assert.Throws<TarnException>(
            () => PrefixPair.Parse(prefix, errorPrefix, isPartitioned, "Prefix", "ErrorOutputPrefix"));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Hint);
    }

    [Fact]
    public void Find_TimeZone_IsKnownOrNamedWithTheNearest()
    {
        var tokyo = TimeZones.Find("Asia/Tokyo", "CustomTimeZone");
        var error = Assert.Throws<TarnException>(() => TimeZones.Find("Asia/Tokio", "CustomTimeZone"));

        Assert.Equal(TimeSpan.FromHours(9), tokyo.BaseUtcOffset);
        Assert.Equal(TimeZoneInfo.Utc, TimeZones.Find("UTC", "CustomTimeZone"));
        Assert.Equal("did you mean 'Asia/Tokyo'?", error.Hint);
        Assert.Throws<TarnException>(() => TimeZones.Find("../../etc/passwd", "CustomTimeZone"));
        Assert.Throws<TarnException>(() => TimeZones.Find("Tokyo Standard Time", "CustomTimeZone"));
    }

    [Theory]
    [InlineData(null, ".gz")]
    [InlineData("", ".gz")]
    [InlineData(".json.gz", ".json.gz")]
    [InlineData(".x-y_z!*'()", ".x-y_z!*'()")]
    public void Resolve_FileExtension_IsTheGivenOneOrTheUsual(string? given, string expected) =>
        Assert.Equal(expected, FileExtensions.Resolve(given, ".gz", "FileExtension"));

    [Theory]
    [InlineData("json")]
    [InlineData(".JSON")]
    [InlineData(".")]
    [InlineData(".a/b")]
    [InlineData(".a\n")]
    public void Resolve_NotAFileExtension_IsRefused(string given)
    {
        var error = Assert.Throws<TarnException>(() => FileExtensions.Resolve(given, "", "FileExtension"));

        Assert.Contains($"FileExtension '{given}'", error.Message, StringComparison.Ordinal);
    }
}
