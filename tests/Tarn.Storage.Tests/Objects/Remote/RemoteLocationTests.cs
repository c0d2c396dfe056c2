using Tarn.Storage.Objects.Remote;

namespace Tarn.Storage.Tests.Objects.Remote;

public sealed class RemoteLocationTests
{
    [Fact]
    public void Parse_Everything_IsTaken()
    {
        var location = RemoteLocation.Parse("s3://data/a/b/?endpoint=http%3A%2F%2F127.0.0.1%3A9000&region=eu-west-1");
        Assert.Equal(("data", "a/b", "eu-west-1"), (location.Bucket, location.Prefix, location.Region));
        Assert.Equal(new Uri("http://127.0.0.1:9000"), location.Endpoint);
        Assert.Equal("s3://data/a/b at http://127.0.0.1:9000", location.ToString());
    }

    [Theory]
    [InlineData("s3://data")]
    [InlineData("s3://data/")]
    public void Parse_BucketOnly_IsAws(string text) =>
        Assert.Equal(new RemoteLocation("data", "", null, "us-east-1"), RemoteLocation.Parse(text));

    [Theory]
    [InlineData("http://data/x", "s3://BUCKET")]
    [InlineData("s3:///x", "s3://BUCKET")]
    [InlineData("s3://data/../x", "s3://BUCKET")]
    [InlineData("s3://data?endpoint=ftp://x", "an endpoint such as")]
    [InlineData("s3://data?endpoint", "an endpoint such as")]
    [InlineData("s3://data?regoin=x", "'regoin' is neither")]
    [InlineData("s3://data?region=", "'region' is neither")]
    public void Parse_NoLocation_SaysWhatIsExpected(string text, string expected) => Assert.Contains(
        expected, Assert.Throws<FormatException>(() => RemoteLocation.Parse(text)).Message, StringComparison.Ordinal);
}
