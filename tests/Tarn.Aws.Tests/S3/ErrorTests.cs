using System.Net;
using System.Text;
using Tarn.Aws.Tests.Listening;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>S3's error documents, element by element, and request bodies that are no good XML.</summary>
public sealed class ErrorTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task Get_NoSuchKey_NamesKeyResourceAndIds()
    {
        (await scene.S3Async(HttpMethod.Put, "/errors")).Ok();

        var answer = await scene.S3Async(HttpMethod.Get, "/errors/a%20b");

        Assert.Equal("application/xml", answer.Header("Content-Type"));
        Assert.Equal(
            ["Code", "Message", "Key", "Resource", "RequestId", "HostId"],
            answer.Xml.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(("NoSuchKey", "a b"), (answer.Code, answer.Xml.Element("Key")!.Value));
        Assert.Equal("/errors/a b", answer.Xml.Element("Resource")!.Value);
        Assert.Equal(answer.Header("x-amz-request-id"), answer.Xml.Element("RequestId")!.Value);
        Assert.Equal(answer.Header("x-amz-id-2"), answer.Xml.Element("HostId")!.Value);
    }

    [Theory]
    [InlineData("GET", "/no-such-bucket/key")]
    [InlineData("GET", "/no-such-bucket?list-type=2")]
    [InlineData("PUT", "/no-such-bucket/key")]
    [InlineData("DELETE", "/no-such-bucket")]
    public async Task Any_NoSuchBucket_NamesTheBucket(string method, string target)
    {
        var answer = await scene.S3Async(new HttpMethod(method), target);

        answer.MustFail(HttpStatusCode.NotFound, "NoSuchBucket");
        Assert.Equal("no-such-bucket", answer.Xml.Element("BucketName")!.Value);
    }

    [Fact]
    public async Task Patch_AnObject_IsNotAllowedByNameAndLevel()
    {
        var answer = await scene.S3Async(HttpMethod.Patch, "/errors/key");

        answer.MustFail(HttpStatusCode.MethodNotAllowed, "MethodNotAllowed");
        Assert.Equal("PATCH", answer.Xml.Element("Method")!.Value);
        Assert.Equal("OBJECT", answer.Xml.Element("ResourceType")!.Value);
    }

    [Fact]
    public async Task Head_NoSuchKey_HasNoBody()
    {
        using var connection = await RawConnection.OpenAsync(scene.Address);
        await connection.SendAsync(scene.Signer.Text("HEAD", "/errors/nothing", "localhost"));

        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 404", answer);
        Assert.EndsWith("\r\n\r\n", answer);
        Assert.Contains("x-amz-id-2:", answer);
    }

    [Fact]
    public async Task Get_WrongSecret_TellsWhatWasSigned()
    {
        var request = scene.S3Request(HttpMethod.Get, "/errors/key", null);
        (scene.Signer with { Secret = "not the secret" }).Sign(request, "s3", Signer.Hash([]));

        var answer = await scene.SendAsync(request);

        answer.MustFail(HttpStatusCode.Forbidden, "SignatureDoesNotMatch");
        var canonical = answer.Xml.Element("CanonicalRequest")!.Value;
        Assert.StartsWith("GET\n/errors/key\n", canonical);
        Assert.EndsWith(Signer.Hash(Encoding.UTF8.GetBytes(canonical)), answer.Xml.Element("StringToSign")!.Value);
        Assert.Equal(AwsScene.KeyId, answer.Xml.Element("AWSAccessKeyId")!.Value);
        Assert.StartsWith("47 45 54 0a", answer.Xml.Element("CanonicalRequestBytes")!.Value);
        Assert.StartsWith("41 57 53 34", answer.Xml.Element("StringToSignBytes")!.Value);
        Assert.Equal(64, answer.Xml.Element("SignatureProvided")!.Value.Length);
    }

    [Fact]
    public async Task Get_WrongSecretAndLargeHeaders_IsAnsweredShortly()
    {
        var request = scene.S3Request(HttpMethod.Get, "/errors/key", null, "x-amz-meta-a:" + new string('a', 20_000));
        (scene.Signer with { Secret = "not the secret" }).Sign(request, "s3", Signer.Hash([]));

        var answer = await scene.SendAsync(request);

        answer.MustFail(HttpStatusCode.Forbidden, "SignatureDoesNotMatch");
        Assert.True(answer.Body.Length < 4096, answer.Body.Length.ToString());
    }

    [Fact]
    public async Task Get_UnknownKeyOrClockOff_TellsWhichAndByHowMuch()
    {
        var unknown = await SendAsync(scene.Signer with { AccessKeyId = "AKIANOTTHERE0000" });
        var skewed = await SendAsync(
            scene.Signer with { Time = new ShiftedTime { Shift = TimeSpan.FromMinutes(-16) } });

        unknown.MustFail(HttpStatusCode.Forbidden, "InvalidAccessKeyId");
        Assert.Equal("AKIANOTTHERE0000", unknown.Xml.Element("AWSAccessKeyId")!.Value);
        skewed.MustFail(HttpStatusCode.Forbidden, "RequestTimeTooSkewed");
        Assert.Equal("900000", skewed.Xml.Element("MaxAllowedSkewMilliseconds")!.Value);
        Assert.Matches("^[0-9]{8}T[0-9]{6}Z$", skewed.Xml.Element("RequestTime")!.Value);
        Assert.Matches("^[0-9-]{10}T[0-9:]{8}Z$", skewed.Xml.Element("ServerTime")!.Value);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/errors")]
    [InlineData("GET", "/errors/key")]
    [InlineData("PUT", "/errors/key")]
    [InlineData("DELETE", "/errors")]
    public async Task Any_Anonymous_IsDenied(string method, string target)
    {
        var request = scene.S3Request(new HttpMethod(method), target, method == "PUT" ? [1] : null);

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.Forbidden, "AccessDenied", "Access Denied");
    }

    public static TheoryData<string> HostileXml =>
    [
        "",
        "not xml",
        "<Delete>",
        "<Delete></Delet>",
        "<Other><Object><Key>a</Key></Object></Other>",
        "<!DOCTYPE Delete><Delete><Object><Key>a</Key></Object></Delete>",
        "<!DOCTYPE Delete [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
            + "<Delete><Object><Key>&b;</Key></Object></Delete>",
        "<!DOCTYPE Delete [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>"
            + "<Delete><Object><Key>&a;</Key></Object></Delete>",
        "<Delete><Object><Key>&undefined;</Key></Object></Delete>",
        string.Concat(Enumerable.Repeat("<Delete>", 100_000)),
        "<?xml version=\"1.0\" encoding=\"nothing\"?><Delete><Object><Key>a</Key></Object></Delete>",
        "<Delete><Object><Key>\u0001</Key></Object></Delete>",
        "<Delete><Object></Object></Delete>",
        "<Delete></Delete>",
        "<Delete><Object><Key>a</Key></Object></Delete><Delete/>",
    ];

    [Theory]
    [MemberData(nameof(HostileXml))]
    public async Task Post_HostileXml_IsMalformed(string xml)
    {
        (await scene.S3Async(HttpMethod.Put, "/xml")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/xml/a", [1])).Ok();
        var body = Encoding.UTF8.GetBytes(xml);
#pragma warning disable CA5351 // Content-MD5 is what the protocol asks for
        var md5 = Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(body));
#pragma warning restore CA5351

        var answer = await scene.S3Async(HttpMethod.Post, "/xml?delete", body, "content-md5:" + md5);

        answer.MustFail(HttpStatusCode.BadRequest, "MalformedXML");
        (await scene.S3Async(HttpMethod.Head, "/xml/a")).Ok();
    }

    [Theory]
    [InlineData("PUT", "/errors/key", "Authorization: AWS4-HMAC-SHA256 x", "HTTP/1.1 400")]
    [InlineData("PUT", "/errors/key", "Authorization: AWS4-ECDSA-P256-SHA256 x", "HTTP/1.1 501")]
    [InlineData("PUT", "/errors/key", "Authorization: Basic eDp5", "HTTP/1.1 400")]
    [InlineData("PUT", "/errors/key", "Content-Length: 99999999999", "HTTP/1.1 400")]
    [InlineData("PUT", "/errors", "Content-Length: 9999999", "HTTP/1.1 400")]
    [InlineData("PATCH", "/errors/key", "Content-Length: 5", "HTTP/1.1 405")]
    public async Task Any_RefusedFromItsHeaders_IsNotAskedForItsBody(
        string method, string target, string header, string status)
    {
        using var connection = await RawConnection.OpenAsync(scene.Address);
        var head = scene.Signer.Text(method, target, "localhost", "", "Expect: 100-continue");
        var name = header.Split(':')[0] + ":";
        head = string.Join(
            "\r\n", head.Split("\r\n").Select(line => line.StartsWith(name, StringComparison.Ordinal) ? header : line));
        await connection.SendAsync(head);

        Assert.Equal(status, Encoding.ASCII.GetString(await connection.ReadAsync(status.Length)));
    }

    [Fact]
    public async Task Put_Accepted_IsAskedForItsBody()
    {
        (await scene.S3Async(HttpMethod.Put, "/continued")).Ok();
        using var connection = await RawConnection.OpenAsync(scene.Address);
        var text = scene.Signer.Text("PUT", "/continued/key", "localhost", "body", "Expect: 100-continue");
        await connection.SendAsync(text[..^4]);
        const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";

        var asked = await connection.ReadAsync(Continue.Length);
        await connection.SendAsync("body");

        Assert.Equal(Continue, Encoding.ASCII.GetString(asked));
        Assert.StartsWith("HTTP/1.1 200", await connection.ReadToEndAsync());
    }

    private Task<Answer> SendAsync(Signer signer)
    {
        var request = scene.S3Request(HttpMethod.Get, "/errors/key", null);
        signer.Sign(request, "s3", Signer.Hash([]));
        return scene.SendAsync(request);
    }
}
