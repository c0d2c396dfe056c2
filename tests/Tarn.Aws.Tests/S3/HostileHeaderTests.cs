using System.Net;
using System.Text;
using Tarn.Aws.Tests.Listening;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>
/// Headers of an object that are no ASCII, or could be more than one header: what is taken can be answered.
/// </summary>
public sealed class HostileHeaderTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Theory]
    [InlineData("été", "=?UTF-8?B?w6l0w6k=?=")]
    [InlineData("波 🌊", "=?UTF-8?B?5rOiIPCfjIo=?=")]
    [InlineData("a\u0001b", "=?UTF-8?B?YQFi?=")]
    [InlineData("plain", "plain")]
    public async Task Metadata_NotPrintableAscii_IsAnsweredAsS3Does(string sent, string answered)
    {
        Assert.StartsWith("HTTP/1.1 200", await PutAsync("x-amz-meta-a:" + sent));

        Assert.Contains($"x-amz-meta-a: {answered}\r\n", await RawAsync("GET"));
        Assert.Contains($"x-amz-meta-a: {answered}\r\n", await RawAsync("HEAD"));
    }

    [Theory]
    [InlineData("Content-Disposition", "attachment; filename=\"été.txt\"")]
    [InlineData("Cache-Control", "波")]
    [InlineData("Content-Type", "text/été")]
    public async Task Header_NotAscii_GoesBackAsItCame(string name, string value)
    {
        Assert.StartsWith("HTTP/1.1 200", await PutAsync($"{name}:{value}"));

        Assert.Contains($"{name}: {value}\r\n", await RawAsync("GET"));
    }

    [Theory]
    [InlineData("Content-Disposition", "a\u0001b")]
    [InlineData("Content-Type", "text/\u007f")]
    [InlineData("Expires", "a\u001bb")]
    public async Task Header_WithAControlCharacter_IsRefused(string name, string value)
    {
        (await scene.S3Async(HttpMethod.Put, "/headers")).Ok();
        var files = LakeFiles.Of(scene);

        var answer = await PutAsync($"{name}:{value}");

        Assert.StartsWith("HTTP/1.1 400", answer);
        files.MustBeSame();
    }

    [Theory]
    [InlineData("response-content-type=a%0D%0Ab%3A%20c")]
    [InlineData("response-content-disposition=%C3%A9")]
    [InlineData("response-expires=%01")]
    public async Task Get_OverrideThatNoHeaderCanHold_IsRefused(string query)
    {
        await PutAsync("x-amz-meta-a:b");

        (await scene.S3Async(HttpMethod.Get, "/headers/key?" + query))
            .MustBeS3Error(HttpStatusCode.BadRequest, "InvalidArgument", "/headers/key");
    }

    private async Task<string> PutAsync(string header)
    {
        (await scene.S3Async(HttpMethod.Put, "/headers")).Ok();
        var (name, value) = (header.Split(':', 2)[0], header.Split(':', 2)[1]);
        var isSigned = name.StartsWith("x-amz-", StringComparison.Ordinal);
        var request = scene.S3Request(HttpMethod.Put, "/headers/key", null, isSigned ? [header] : []);
        scene.Signer.Sign(request, "s3", Signer.Hash([]));
        var head = RawConnection.Head(request, 0);
        using var connection = await RawConnection.OpenAsync(scene.Address);
        await connection.SendAsync(Encoding.UTF8.GetBytes(
            head[..^2] + (isSigned ? "" : $"{name}: {value}\r\n") + "Connection: close\r\n\r\n"));
        return await connection.ReadToEndAsync();
    }

    private async Task<string> RawAsync(string method)
    {
        using var connection = await RawConnection.OpenAsync(scene.Address);
        await connection.SendAsync(scene.Signer.Text(method, "/headers/key", "localhost"));
        return await connection.ReadToEndAsync();
    }
}
