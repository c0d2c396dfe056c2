using System.Net;
using System.Text;
using Tarn.Aws.Tests.Listening;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>Keys and names of buckets that mean to leave their folder: each is one like others, or refused.</summary>
public sealed class HostileKeyTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string Folder = "objects/hostile/";

    public static TheoryData<string, string> Keys => new()
    {
        { "../escape", "../escape" },
        { "../../../../../../../../tmp/escape", "../../../../../../../../tmp/escape" },
        { "a/../../escape", "a/../../escape" },
        { "/etc/escape", "/etc/escape" },
        { "//escape", "//escape" },
        { "%2e%2e/%2e%2e/escape", "../../escape" },
        { "%2E%2E%2Fescape", "../escape" },
        { ".%2e/escape", "../escape" },
        { "..%5c..%5cescape", "..\\..\\escape" },
        { "C:%5Cescape", "C:\\escape" },
        { "%252e%252e/escape", "%2e%2e/escape" },
        { "%25252e%25252e%25252fescape", "%252e%252e%252fescape" },
        { "..", ".." },
        { ".", "." },
        { "escape/..", "escape/.." },
        { "escape/.", "escape/." },
        { "%7E~e../escape", "~~e../escape" },
        { "%25~e../escape", "%~e../escape" },
        { "%01/..%0A/escape", "\u0001/..\n/escape" },
        { "~/escape", "~/escape" },
        { "%C2%A0../escape", "\u00a0../escape" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Put_KeyThatClimbs_IsOneFileOfItsBucketAndGoesAgain(string sent, string key)
    {
        (await scene.S3Async(HttpMethod.Put, "/hostile")).Ok();
        var files = LakeFiles.Of(scene);

        Assert.StartsWith("HTTP/1.1 200", await RawAsync("PUT", "/hostile/" + sent, "body"));

        Assert.StartsWith(Folder, Assert.Single(files.Added()));
        Assert.EndsWith("\r\n\r\nbody", await RawAsync("GET", "/hostile/" + sent));
        var listed = (await scene.S3Async(HttpMethod.Get, "/hostile?encoding-type=url&list-type=2")).Ok();
        var listedKey = Uri.UnescapeDataString(listed.Xml.Descendants("Key").Single().Value.Replace('+', ' '));
        Assert.Equal(key, listedKey);
        Assert.StartsWith("HTTP/1.1 204", await RawAsync("DELETE", "/hostile/" + sent));
        files.MustBeSame();
    }

    [Theory]
    [InlineData("../../metadata.db")]
    [InlineData("%2e%2e/%2e%2e/metadata.db")]
    [InlineData("../hostile-other/secret")]
    [InlineData("..%2Fhostile-other%2Fsecret")]
    [InlineData("/../hostile-other/secret")]
    public async Task GetCopyDelete_FileOutsideTheBucket_IsNoSuchKey(string sent)
    {
        (await scene.S3Async(HttpMethod.Put, "/hostile")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/hostile-other")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/hostile-other/secret", "secret"u8.ToArray())).Ok();
        var files = LakeFiles.Of(scene);

        var got = await RawAsync("GET", "/hostile/" + sent);
        var copied = await scene.S3Async(
            HttpMethod.Put, "/hostile/copy", null, "x-amz-copy-source:hostile/" + sent);
        var deleted = await RawAsync("DELETE", "/hostile/" + sent);

        Assert.StartsWith("HTTP/1.1 404", got);
        Assert.Contains("<Code>NoSuchKey</Code>", got);
        Assert.Contains("<Resource>/hostile/" + Uri.UnescapeDataString(sent) + "</Resource>", got);
        copied.MustBeS3Error(HttpStatusCode.NotFound, "NoSuchKey", "/hostile/copy");
        Assert.StartsWith("HTTP/1.1 204", deleted);
        Assert.True(File.Exists(Path.Combine(scene.DataDirectory, "metadata.db")));
        files.MustBeSame();
        Assert.Equal("secret", (await scene.S3Async(HttpMethod.Get, "/hostile-other/secret")).Ok().Text);
    }

    [Theory]
    [InlineData("%01")]
    [InlineData("a%0Bb")]
    [InlineData("%EF%BF%BF")]
    public async Task Get_KeyThatXmlCannotHold_IsAnsweredInGoodXml(string sent)
    {
        (await scene.S3Async(HttpMethod.Put, "/hostile")).Ok();

        var answer = await RawAsync("GET", "/hostile/" + sent);

        var error = System.Xml.Linq.XElement.Parse(answer[answer.IndexOf("<?xml", StringComparison.Ordinal)..]);
        Assert.Equal("NoSuchKey", error.Element("Code")!.Value);
        Assert.Contains('\uFFFD', error.Element("Resource")!.Value);
    }

    [Fact]
    public async Task DeleteObjects_KeysThatClimb_DeleteNoFile()
    {
        (await scene.S3Async(HttpMethod.Put, "/hostile")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/hostile-kept")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/hostile-kept/key", [1])).Ok();
        var files = LakeFiles.Of(scene);
        var keys = new[] { "../hostile-kept/key", "../../metadata.db", "/etc/hostname", ".." };
        var body = "<Delete>" + string.Concat(keys.Select(key => $"<Object><Key>{key}</Key></Object>")) + "</Delete>";

        var answer = (await scene.S3Async(
            HttpMethod.Post, "/hostile?delete", Encoding.UTF8.GetBytes(body), "content-md5:" + Md5(body))).Ok();

        Assert.Equal(keys, answer.Xml.Elements("Deleted").Select(deleted => deleted.Element("Key")!.Value));
        files.MustBeSame();
        (await scene.S3Async(HttpMethod.Head, "/hostile-kept/key")).Ok();
    }

    [Theory]
    [InlineData("/%2e%2e")]
    [InlineData("/..")]
    [InlineData("/..%2Fescape")]
    [InlineData("/%2e%2e%2f%2e%2e%2fescape")]
    [InlineData("/.")]
    [InlineData("/%2e")]
    [InlineData("/a%5c..%5cb")]
    [InlineData("/%7E%7E%7E")]
    [InlineData("/%25~ekey")]
    [InlineData("/escape%20")]
    [InlineData("/ESCAPE")]
    [InlineData("/escape%2e%2eescape")]
    public async Task Put_BucketThatIsNoName_IsRefusedAndMakesNoFolder(string sent)
    {
        var folders = Directory.GetDirectories(scene.DataDirectory, "*", SearchOption.AllDirectories).Order();
        var files = LakeFiles.Of(scene);

        var bucket = await RawAsync("PUT", sent);
        var key = await RawAsync("PUT", sent + "/key", "body");

        Assert.StartsWith("HTTP/1.1 400", bucket);
        Assert.Contains("<Code>InvalidBucketName</Code>", bucket);
        Assert.Contains("<RequestId>", bucket);
        Assert.Contains("<Code>InvalidBucketName</Code>", key);
        Assert.Equal(folders, Directory.GetDirectories(scene.DataDirectory, "*", SearchOption.AllDirectories).Order());
        files.MustBeSame();
    }

    [Theory]
    [InlineData("%C0%AE%C0%AE/escape")]
    [InlineData("%ED%A0%80")]
    [InlineData("%2")]
    public async Task Put_PathThatIsNoText_IsAnInvalidUri(string sent)
    {
        (await scene.S3Async(HttpMethod.Put, "/hostile")).Ok();
        var files = LakeFiles.Of(scene);

        var answer = await RawAsync("PUT", "/hostile/" + sent, "body");

        Assert.StartsWith("HTTP/1.1 400", answer);
        Assert.Contains("<Code>InvalidURI</Code>", answer);
        Assert.Contains("<RequestId>", answer);
        Assert.Contains("<Resource>", answer);
        files.MustBeSame();
    }

    /// <summary>Kestrel itself refuses these, before there is a request that could be answered in XML.</summary>
    [Theory]
    [InlineData("%00")]
    [InlineData("escape%00.txt")]
    [InlineData("..%00/escape")]
    public async Task Put_PathWithNul_IsRefused(string sent)
    {
        (await scene.S3Async(HttpMethod.Put, "/hostile")).Ok();
        var files = LakeFiles.Of(scene);

        Assert.StartsWith("HTTP/1.1 400", await RawAsync("PUT", "/hostile/" + sent, "body"));

        files.MustBeSame();
    }

    private async Task<string> RawAsync(string method, string target, string body = "")
    {
        using var connection = await RawConnection.OpenAsync(scene.Address);
        await connection.SendAsync(scene.Signer.Text(method, target, "localhost", body));
        return await connection.ReadToEndAsync();
    }

    private static string Md5(string text) =>
#pragma warning disable CA5351 // Content-MD5 is what the protocol asks for
        Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
