using Tarn.Clients.S3;
using Tarn.Primitives.Errors;

namespace Tarn.Tests.Clients.S3;

public sealed class S3RequestTests
{
    private static readonly Uri Endpoint = new("http://127.0.0.1:4566/");

    [Theory]
    [InlineData("a", "/b/a")]
    [InlineData("a/../b", "/b/a/../b")]
    [InlineData("//x//", "/b///x//")]
    [InlineData("ä +%&=?#", "/b/%C3%A4%20%2B%25%26%3D%3F%23")]
    [InlineData("~-_.!*'()", "/b/~-_.%21%2A%27%28%29")]
    public void Address_OfAKey_IsEncodedOnceAndNotTidied(string key, string path)
    {
        var address = new S3Request(HttpMethod.Get, "b", key).Address(Endpoint);
        Assert.Equal(path, address.AbsolutePath);
        Assert.Equal("http://127.0.0.1:4566" + path, address.ToString());
    }

    [Fact]
    public void Address_WithAQuery_IsSortedByName()
    {
        var request = new S3Request(HttpMethod.Get, "b", "")
        {
            Query = new Dictionary<string, string> { ["prefix"] = "a/b c", ["list-type"] = "2", ["delete"] = "" },
        };
        Assert.Equal("?delete=&list-type=2&prefix=a%2Fb%20c", request.Address(Endpoint).Query);
    }

    [Theory]
    [InlineData("s3://b", "b", "")]
    [InlineData("s3://b/", "b", "")]
    [InlineData("S3://b/k/../x", "b", "k/../x")]
    [InlineData("s3://b//k", "b", "/k")]
    public void Parse_OfALocation_TakesTheKeyAsItIs(string text, string bucket, string key) =>
        Assert.Equal(new S3Location(bucket, key), S3Location.Parse(text));

    [Theory]
    [InlineData("b/k")]
    [InlineData("s3://")]
    [InlineData("s3:///k")]
    public void Parse_WithoutABucket_IsRefused(string text) =>
        Assert.Equal(ErrorKind.Invalid, Assert.Throws<TarnException>(() => S3Location.Parse(text)).Kind);
}
