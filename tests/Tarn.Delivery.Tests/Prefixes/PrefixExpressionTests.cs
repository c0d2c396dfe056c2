using Tarn.Delivery.Prefixes;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Tests.Prefixes;

public sealed class PrefixExpressionTests
{
    private static readonly DateTimeOffset Time = new(2018, 8, 27, 10, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "2018/08/27/10/")]
    [InlineData("raw/", "raw/2018/08/27/10/")]
    [InlineData("raw!/", "raw!/2018/08/27/10/")]
    [InlineData("!{timestamp:yyyy/MM/dd}", "2018/08/27")]
    [InlineData("a/!{timestamp:'year='yyyy'/month='MM}/x", "a/year=2018/month=08/x")]
    [InlineData("a/!{timestamp:'}'HH}/", "a/}10/")]
    [InlineData("!{partitionKeyFromQuery:id}/", "42/")]
    [InlineData("id=!{partitionKeyFromQuery:id}/!{partitionKeyFromLambda:region}/", "id=42/eu/west/")]
    public void Evaluate_DataPrefix_IsAsFirehoseDocuments(string text, string expected)
    {
        var prefix = PrefixExpression.Parse(text, PrefixKind.Data, "Prefix");

        Assert.Equal(expected, prefix.Evaluate(Values()));
    }

    [Theory]
    [InlineData("errors/", "errors/processing-failed/2018/08/27/10/")]
    [InlineData("", "processing-failed/2018/08/27/10/")]
    [InlineData("errors/!{firehose:error-output-type}/", "errors/processing-failed/")]
    [InlineData(
        "e/!{timestamp:'year='yyyy'/hour='HH}/!{firehose:error-output-type}", "e/year=2018/hour=10/processing-failed")]
    public void Evaluate_ErrorPrefix_IsAsFirehoseDocuments(string text, string expected)
    {
        var prefix = PrefixExpression.Parse(text, PrefixKind.Error, "ErrorOutputPrefix");

        Assert.Equal(expected, prefix.Evaluate(Values()));
        Assert.True(prefix.UsesErrorType);
    }

    [Fact]
    public void Evaluate_RandomStrings_AreElevenCharactersOfTheSeed()
    {
        var prefix = PrefixExpression.Parse(
            "!{firehose:random-string}/!{firehose:random-string}", PrefixKind.Data, "Prefix");

        var first = prefix.Evaluate(Values());
        var parts = first.Split('/');

        Assert.Equal(first, prefix.Evaluate(Values()));
        Assert.NotEqual(first, prefix.Evaluate(Values() with { Seed = 8 }));
        Assert.Matches("^[0-9a-f]{11}$", parts[0]);
        Assert.NotEqual(parts[0], parts[1][..11]);
        Assert.EndsWith("2018/08/27/10/", first, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_AnotherTime_IsNotTheCachedOne()
    {
        var prefix = PrefixExpression.Parse("!{timestamp:HH XXX}", PrefixKind.Data, "Prefix");

        Assert.Equal("10 Z", prefix.Evaluate(Values()));
        Assert.Equal("11 Z", prefix.Evaluate(Values() with { Time = Time.AddHours(1) }));
        var elsewhere = Time.ToOffset(TimeSpan.FromHours(9));
        Assert.Equal("19 +09:00", prefix.Evaluate(Values() with { Time = elsewhere }));
    }

    [Theory]
    [InlineData("a/!{timestamp:yyyy", "not closed, at position 3")]
    [InlineData("a/!{timestamp:'yyyy}/", "quote is not closed, at position 3")]
    [InlineData("!{timestamp}", "has no ':', at position 1")]
    [InlineData("!{timstamp:yyyy}", "the namespace 'timstamp', which is not known, at position 3")]
    [InlineData("!{timestamp:yyyy-bb}", "fault at position 18: 'b' is not a letter of time patterns")]
    [InlineData("!{timestamp:yyyy!{x:y}}", "'!{' within an expression, at position 17")]
    [InlineData("!{firehose:random}", "the value 'random' of firehose")]
    [InlineData("!{firehose:error-output-type}/", "holds !{firehose:error-output-type}")]
    [InlineData("!{partitionKeyFromQuery:}/", "without a name, at position 25")]
    [InlineData("/raw/", "begins with '/'")]
    [InlineData("raw/../x/", "holds the segment '..'")]
    [InlineData("./raw/", "holds the segment '.'")]
    [InlineData("raw\n/", "control character U+000A")]
    public void Parse_NotADataPrefix_SaysWhatAndWhere(string text, string expected)
    {
        var error = Assert.Throws<TarnException>(() => PrefixExpression.Parse(text, PrefixKind.Data, "Prefix"));

        Assert.Equal(ErrorKind.Invalid, error.Kind);
        Assert.StartsWith("Prefix '", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("e/!{timestamp:yyyy}/", "but not !{firehose:error-output-type}")]
    [InlineData("e/!{firehose:error-output-type}/!{partitionKeyFromQuery:id}/", "holds a partition key")]
    [InlineData("e/!{partitionKeyFromLambda:id}/", "holds a partition key")]
    public void Parse_NotAnErrorPrefix_SaysWhat(string text, string expected)
    {
        var error = Assert.Throws<TarnException>(() => PrefixExpression.Parse(text, PrefixKind.Error, "error_prefix"));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_UnknownNamespaceAndLongText_AreHelpedOrRefused()
    {
        var unknown = Assert.Throws<TarnException>(
            () => PrefixExpression.Parse("!{partitionKeyfromQuery:a}", PrefixKind.Data, "Prefix"));
        var tooLong = Assert.Throws<TarnException>(
            () => PrefixExpression.Parse(new string('a', 1025), PrefixKind.Data, "Prefix"));

        Assert.Equal("did you mean 'partitionKeyFromQuery'?", unknown.Hint);
        Assert.Contains("1025 characters", tooLong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "'id', which is missing")]
    [InlineData("", "'id', which is empty")]
    [InlineData("..", "holds the segment '..'")]
    [InlineData("a/../../b", "holds the segment '..'")]
    [InlineData("a\0b", "control character U+0000")]
    [InlineData("/etc", "begins with '/'")]
    public void TryEvaluate_KeyThatNamesNoPlace_SaysWhy(string? key, string expected)
    {
        var prefix = PrefixExpression.Parse("!{partitionKeyFromQuery:id}/x/", PrefixKind.Data, "Prefix");
        var keys = key is null ? new Dictionary<string, string>() : new() { ["id"] = key };

        Assert.False(prefix.TryEvaluate(Values() with { QueryKeys = keys }, out var text, out var reason));
        Assert.Null(text);
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TryEvaluate_HalfASurrogatePair_IsRefused()
    {
        var prefix = PrefixExpression.Parse("!{partitionKeyFromQuery:id}/", PrefixKind.Data, "Prefix");
        var whole = Values() with { QueryKeys = new Dictionary<string, string> { ["id"] = "\ud83d\ude00" } };
        var half = Values() with { QueryKeys = new Dictionary<string, string> { ["id"] = "\ud83dx" } };

        Assert.True(prefix.TryEvaluate(whole, out _, out _));
        Assert.False(prefix.TryEvaluate(half, out _, out var reason));
        Assert.Contains("half a surrogate pair", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TryEvaluate_MoreThan512Characters_IsRefused()
    {
        var prefix = PrefixExpression.Parse("!{partitionKeyFromQuery:id}/", PrefixKind.Data, "Prefix");
        var fits = Values() with { QueryKeys = new Dictionary<string, string> { ["id"] = new('k', 511) } };
        var not = Values() with { QueryKeys = new Dictionary<string, string> { ["id"] = new('k', 512) } };

        Assert.True(prefix.TryEvaluate(fits, out _, out _));
        Assert.False(prefix.TryEvaluate(not, out _, out var reason));
        Assert.Contains("513 characters", reason, StringComparison.Ordinal);
    }

    private static PrefixValues Values() => new()
    {
        Time = Time,
        Seed = 7,
        ErrorType = "processing-failed",
        QueryKeys = new Dictionary<string, string> { ["id"] = "42" },
        LambdaKeys = new Dictionary<string, string> { ["region"] = "eu/west" },
    };
}
