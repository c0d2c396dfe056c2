using System.Net;
using System.Text;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>Bodies that are to break a reader of XML, sent to every operation that reads one.</summary>
public sealed class HostileDocumentTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const int BytesMax = 2 << 20;

    /// <summary>Method, target and root element; UPLOAD stands for an upload under way.</summary>
    public static TheoryData<string, string, string> Operations => new()
    {
        { "PUT", "/documents", "CreateBucketConfiguration" },
        { "PUT", "/documents?tagging", "Tagging" },
        { "PUT", "/documents?cors", "CORSConfiguration" },
        { "PUT", "/documents?publicAccessBlock", "PublicAccessBlockConfiguration" },
        { "PUT", "/documents?ownershipControls", "OwnershipControls" },
        { "PUT", "/documents/key?tagging", "Tagging" },
        { "PUT", "/documents?notification", "NotificationConfiguration" },
        { "PUT", "/documents?lifecycle", "LifecycleConfiguration" },
        { "POST", "/documents?delete", "Delete" },
        { "POST", "/documents/parts?uploadId=UPLOAD", "CompleteMultipartUpload" },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Document_ThatIsNoGoodXml_IsMalformedAndChangesNothing(string method, string target, string root)
    {
        var upload = await FillAsync();
        var files = LakeFiles.Of(scene);

        foreach (var (name, body) in Hostile(root))
        {
            var answer = await SendAsync(method, target.Replace("UPLOAD", upload.Id, StringComparison.Ordinal), body);

            Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{name}: {answer.Text}");
            Assert.True(answer.Code == "MalformedXML", $"{name}: {answer.Text}");
            answer.MustBeS3Error(HttpStatusCode.BadRequest, "MalformedXML", target.Split('?')[0]);
        }

        await MustBeUnchangedAsync(upload, files);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Document_OverTwoMegabytes_IsTooBigHoweverItIsSent(string method, string target, string root)
    {
        var upload = await FillAsync();
        var files = LakeFiles.Of(scene);
        var sent = target.Replace("UPLOAD", upload.Id, StringComparison.Ordinal);
        var body = Encoding.UTF8.GetBytes($"<{root}><!--{new string('x', BytesMax)}--></{root}>");

        (await SendAsync(method, sent, body))
            .MustBeS3Error(HttpStatusCode.BadRequest, "MaxMessageLengthExceeded", target.Split('?')[0]);
        (await SendAsync(method, sent, body, isLengthTold: false))
            .MustBeS3Error(HttpStatusCode.BadRequest, "MaxMessageLengthExceeded", target.Split('?')[0]);

        await MustBeUnchangedAsync(upload, files);
    }

    [Theory]
    [InlineData("Content-MD5:XrY7u+Ae7tCTyyK7j1rNwg==", "BadDigest")]
    [InlineData("Content-MD5:not-a-digest", "InvalidDigest")]
    [InlineData("x-amz-checksum-crc32:AAAAAA==", "BadDigest")]
    public async Task Document_OtherThanItsDigest_IsRefusedAndChangesNothing(string header, string code)
    {
        var upload = await FillAsync();
        var files = LakeFiles.Of(scene);
        var tags = "<Tagging><TagSet></TagSet></Tagging>"u8.ToArray();
        var keys = "<Delete><Object><Key>key</Key></Object></Delete>"u8.ToArray();

        (await scene.S3Async(HttpMethod.Put, "/documents?tagging", tags, header))
            .MustBeS3Error(HttpStatusCode.BadRequest, code, "/documents");
        (await scene.S3Async(HttpMethod.Put, "/documents/key?tagging", tags, header))
            .MustBeS3Error(HttpStatusCode.BadRequest, code, "/documents/key");
        (await scene.S3Async(HttpMethod.Post, "/documents?delete", keys, header))
            .MustBeS3Error(HttpStatusCode.BadRequest, code, "/documents");

        await MustBeUnchangedAsync(upload, files);
    }

    [Fact]
    public async Task Document_OtherThanItsSignedHash_IsRefusedAndChangesNothing()
    {
        var upload = await FillAsync();
        var files = LakeFiles.Of(scene);
        var request = scene.S3Request(
            HttpMethod.Put, "/documents?tagging", "<Tagging><TagSet></TagSet></Tagging>"u8.ToArray());
        scene.Signer.Sign(request, "s3", Signer.Hash("another"u8.ToArray()));

        (await scene.SendAsync(request))
            .MustBeS3Error(HttpStatusCode.BadRequest, "XAmzContentSHA256Mismatch", "/documents");

        await MustBeUnchangedAsync(upload, files);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"Statement\":")]
    [InlineData("{\"Statement\":[NESTED]}")]
    [InlineData("LONG")]
    public async Task Policy_ThatIsNoGoodJson_IsMalformed(string template)
    {
        await FillAsync();
        var body = template
            .Replace("NESTED", new string('[', 100_000), StringComparison.Ordinal)
            .Replace("LONG", new string(' ', 30_000) + "{}", StringComparison.Ordinal);

        var answer = await scene.S3Async(HttpMethod.Put, "/documents?policy", Encoding.UTF8.GetBytes(body));

        answer.MustBeS3Error(HttpStatusCode.BadRequest, "MalformedPolicy", "/documents");
        (await scene.S3Async(HttpMethod.Get, "/documents?policy"))
            .MustBeS3Error(HttpStatusCode.NotFound, "NoSuchBucketPolicy", "/documents");
    }

    private static IEnumerable<(string Name, byte[] Body)> Hostile(string root)
    {
        static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

        yield return ("cut", Utf8($"<{root}>"));
        yield return ("other root", Utf8($"<Other{root}/>"));
        yield return ("two roots", Utf8($"<{root}/><{root}/>"));
        yield return ("text after", Utf8($"<{root}/>text"));
        yield return ("document type", Utf8($"<!DOCTYPE {root}><{root}/>"));
        yield return ("external subset", Utf8($"<!DOCTYPE {root} SYSTEM \"http://127.0.0.1:9/x.dtd\"><{root}/>"));
        yield return ("external entity", Utf8(
            $"<!DOCTYPE {root} [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><{root}>&a;</{root}>"));
        yield return ("parameter entity", Utf8(
            $"<!DOCTYPE {root} [<!ENTITY % a SYSTEM \"file:///etc/hostname\">%a;]><{root}/>"));
        yield return ("billion laughs", Utf8(Laughs(root)));
        yield return ("quadratic entity", Utf8(
            $"<!DOCTYPE {root} [<!ENTITY a \"{new string('a', 10_000)}\">]><{root}>"
            + string.Concat(Enumerable.Repeat("&a;", 10_000)) + $"</{root}>"));
        yield return ("unknown entity", Utf8($"<{root}>&nbsp;</{root}>"));
        yield return ("deep", Utf8(
            $"<{root}>" + string.Concat(Enumerable.Repeat("<a>", 60_000))
            + string.Concat(Enumerable.Repeat("</a>", 60_000)) + $"</{root}>"));
        yield return ("deep and of another name", Utf8(string.Concat(Enumerable.Repeat($"<{root}>", 20_000))));
        yield return ("attribute twice", Utf8($"<{root} a=\"1\" a=\"2\"/>"));
        yield return ("unknown prefix", Utf8($"<x:{root}/>"));
        yield return ("control character", Utf8($"<{root}>\u0001</{root}>"));
        yield return ("escaped control character", Utf8($"<{root}>&#0;</{root}>"));
        yield return ("unknown encoding", Utf8($"<?xml version=\"1.0\" encoding=\"x-none\"?><{root}/>"));
        yield return ("utf-7", Utf8($"<?xml version=\"1.0\" encoding=\"utf-7\"?><{root}/>"));
        yield return ("no utf-8", [.. Utf8($"<{root}>"), 0xC0, 0xAE, .. Utf8($"</{root}>")]);
        yield return ("half of utf-16", Encoding.Unicode.GetBytes($"<{root}/>")[..^1]);
        yield return ("nothing but spaces", Utf8("  \r\n "));
        yield return ("json", Utf8("{}"));
        yield return ("zeros", new byte[1000]);
    }

    private static string Laughs(string root)
    {
        var entities = Enumerable.Range(1, 9).Select(i =>
            $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">");
        return $"<!DOCTYPE {root} [<!ENTITY l0 \"ha\">{string.Concat(entities)}]><{root}>&l9;</{root}>";
    }

    private async Task<Uploads> FillAsync()
    {
        var upload = await Uploads.CreateAsync(scene, "/documents/parts");
        await upload.PartAsync(1, [1]);
        (await scene.S3Async(HttpMethod.Put, "/documents/key", [1], "x-amz-tagging:a=b")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/documents?tagging", Encoding.UTF8.GetBytes(
            "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"))).Ok();
        return upload;
    }

    private async Task MustBeUnchangedAsync(Uploads upload, LakeFiles files)
    {
        files.MustBeSame();
        Assert.Single((await upload.ListAsync()).Ok().Xml.Elements("Part"));
        Assert.Equal("1", (await scene.S3Async(HttpMethod.Head, "/documents/key")).Ok().Header("x-amz-tagging-count"));
        Assert.Single((await scene.S3Async(HttpMethod.Get, "/documents?tagging")).Ok().Xml.Descendants("Tag"));
        (await scene.S3Async(HttpMethod.Get, "/documents?cors"))
            .MustFail(HttpStatusCode.NotFound, "NoSuchCORSConfiguration");
    }

    private async Task<Answer> SendAsync(string method, string target, byte[] body, bool isLengthTold = true)
    {
#pragma warning disable CA5351 // Content-MD5 is what the protocol asks for
        var md5 = Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(body));
#pragma warning restore CA5351
        var request = scene.S3Request(new HttpMethod(method), target, body, "content-md5:" + md5);
        scene.Signer.Sign(request, "s3", Signer.Hash(body));
        request.Headers.TransferEncodingChunked = isLengthTold ? null : true;
        return await scene.SendAsync(request);
    }
}
