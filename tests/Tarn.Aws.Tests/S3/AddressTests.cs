using System.Net;
using Tarn.Aws.S3;
using Tarn.Aws.Tests.Listening;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>Which bucket and key a request means, by host and by path, byte for byte.</summary>
public sealed class AddressTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private static readonly S3Hosts Hosts = new(["localhost", "s3.localhost", "lake.example.org"]);

    [Theory]
    [InlineData("localhost", "")]
    [InlineData("s3.localhost", "")]
    [InlineData("S3.LocalHost", "")]
    [InlineData("127.0.0.1", "")]
    [InlineData("lake.example.org", "")]
    [InlineData("example.org", "")]
    [InlineData("notlake.example.org", "")]
    [InlineData("photos.localhost", "photos")]
    [InlineData("photos.s3.localhost", "photos")]
    [InlineData("my.photos.s3.localhost", "my.photos")]
    [InlineData("Photos.lake.example.org", "photos")]
    [InlineData("my.photos.lake.example.org", "my.photos")]
    [InlineData(".localhost", "")]
    public void BucketOf_Host_IsWhatStandsBeforeAConfiguredName(string host, string bucket) =>
        Assert.Equal(bucket, Hosts.BucketOf(host));

    [Theory]
    [InlineData("/", "", "")]
    [InlineData("/bucket", "bucket", "")]
    [InlineData("/bucket/", "bucket", "")]
    [InlineData("/my.bucket/key", "my.bucket", "key")]
    [InlineData("/bucket//key", "bucket", "/key")]
    [InlineData("/bucket/key/", "bucket", "key/")]
    [InlineData("/bucket/a%2Fb%2f", "bucket", "a/b/")]
    [InlineData("/bucket/../other/key", "bucket", "../other/key")]
    [InlineData("/bucket/%2e%2e/%2E", "bucket", "../.")]
    [InlineData("/bucket/a+b%2Bc%20d", "bucket", "a+b+c d")]
    [InlineData("/bucket/%25252e", "bucket", "%252e")]
    [InlineData("/bucket/%C3%A9%F0%9F%8C%8A", "bucket", "é🌊")]
    public void TryParse_Path_DecodesOnceAndKeepsTheRest(string path, string bucket, string key)
    {
        Assert.True(S3Address.TryParse("", path, out var address));
        Assert.Equal((bucket, key), (address.Bucket, address.Key));
    }

    [Theory]
    [InlineData("/bucket/%00")]
    [InlineData("/bucket/a%zz")]
    [InlineData("/bucket/a%2")]
    [InlineData("/bucket/%")]
    [InlineData("/bucket/%FF")]
    [InlineData("/bucket/%C3")]
    [InlineData("/bucket/%C0%AF")]
    [InlineData("/bucket/%ED%A0%80")]
    [InlineData("/%00/key")]
    public void TryParse_NoUtf8OrNul_IsFalse(string path)
    {
        Assert.False(S3Address.TryParse("", path, out _));
        Assert.False(S3Address.TryParse("host-bucket", path, out _));
    }

    [Theory]
    [InlineData("//leading")]
    [InlineData("/trailing/")]
    [InlineData("/a/../b")]
    [InlineData("/../../escape")]
    [InlineData("/%2e%2e/%2e%2e/escape")]
    [InlineData("/./dot")]
    [InlineData("/a+b")]
    [InlineData("/a%2Fb")]
    [InlineData("/health")]
    [InlineData("/%E6%B3%A2")]
    public async Task PutAndGet_KeyAsSent_ByHostAndByPathAreTheSameObject(string path)
    {
        (await scene.S3Async(HttpMethod.Put, "/my.keys")).Ok();
        var port = scene.Address.Port;

        var put = await RawAsync("PUT", path, $"my.keys.s3.localhost:{port}", body: path);
        var byPath = await RawAsync("GET", "/my.keys" + path, $"127.0.0.1:{port}");
        var byHost = await RawAsync("GET", path, $"MY.keys.localhost:{port}");
        var deleted = await RawAsync("DELETE", "/my.keys" + path, "tarn.example.org");

        Assert.StartsWith("HTTP/1.1 200", put);
        Assert.EndsWith("\r\n\r\n" + path, byPath);
        Assert.EndsWith("\r\n\r\n" + path, byHost);
        Assert.StartsWith("HTTP/1.1 204", deleted);
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("a%00b")]
    [InlineData("%FF")]
    [InlineData("%C0%AE%C0%AE")]
    public async Task Put_KeyThatIsNoText_IsRefused(string key) =>
        Assert.StartsWith("HTTP/1.1 400", await RawAsync("PUT", "/my.keys/" + key, "localhost", body: "x"));

    [Fact]
    public async Task Put_KeyOver1024Bytes_IsTooLong()
    {
        (await scene.S3Async(HttpMethod.Put, "/long-keys")).Ok();
        var longest = string.Concat(Enumerable.Repeat("%E6%B3%A2", 341)) + "a";

        (await scene.S3Async(HttpMethod.Put, "/long-keys/" + longest, [])).Ok();
        var over = await scene.S3Async(HttpMethod.Put, "/long-keys/" + longest + "a", []);

        over.MustFail(HttpStatusCode.BadRequest, "KeyTooLongError");
        Assert.Equal("1025", over.Xml.Element("Size")!.Value);
        Assert.Equal("1024", over.Xml.Element("MaxSizeAllowed")!.Value);
    }

    private async Task<string> RawAsync(string method, string target, string host, string body = "")
    {
        using var connection = await RawConnection.OpenAsync(scene.Address);
        await connection.SendAsync(scene.Signer.Text(method, target, host, body));
        return await connection.ReadToEndAsync();
    }
}
