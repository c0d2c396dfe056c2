using System.Net;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>Signatures in the query: what is honoured, and each way to have them wrong.</summary>
public sealed class PresignedTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task PutGetHeadListDelete_Presigned_DoWhatSignedHeadersDo()
    {
        (await SendAsync(HttpMethod.Put, "/presigned")).Ok();
        (await SendAsync(HttpMethod.Put, "/presigned/a%20b/c%2Bd", body: "hello")).Ok();

        Assert.Equal("hello", (await SendAsync(HttpMethod.Get, "/presigned/a%20b/c%2Bd")).Ok().Text);
        Assert.Equal("5", (await SendAsync(HttpMethod.Head, "/presigned/a%20b/c%2Bd")).Ok().Header("Content-Length"));
        var listed = (await SendAsync(HttpMethod.Get, "/presigned?list-type=2&prefix=a%20b")).Ok();
        Assert.Equal("a b/c+d", listed.Xml.Descendants("Key").Single().Value);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, "/presigned/a%20b/c%2Bd")).Status);
        (await SendAsync(HttpMethod.Get, "/presigned/a%20b/c%2Bd")).MustFail(HttpStatusCode.NotFound, "NoSuchKey");
    }

    [Fact]
    public async Task Get_WithAnswerHeadersInTheUrl_SendsThem()
    {
        await PutAsync("/answers", "/answers/key", "text");

        var got = (await SendAsync(HttpMethod.Get, "/answers/key?response-content-type=text%2Fx")).Ok();

        Assert.Equal("text/x", got.Header("Content-Type"));
    }

    [Fact]
    public async Task Put_WithHeadersInTheUrl_KeepsAndChecksThem()
    {
        await PutAsync("/moved", "/moved/other", "");

        (await SendAsync(HttpMethod.Put, "/moved/key?x-amz-meta-color=dark%20red", body: "x")).Ok();
        var wrong = await SendAsync(HttpMethod.Put, "/moved/wrong?x-amz-checksum-crc32=AAAAAQ%3D%3D", body: "x");
        var unknown = await SendAsync(HttpMethod.Put, "/moved/wrong?x-amz-unknown=1", body: "x");

        Assert.Equal("dark red", (await SendAsync(HttpMethod.Get, "/moved/key")).Ok().Header("x-amz-meta-color"));
        wrong.MustFail(HttpStatusCode.BadRequest, "BadDigest");
        unknown.MustFail(HttpStatusCode.NotImplemented, "NotImplemented", "x-amz-unknown");
        (await SendAsync(HttpMethod.Get, "/moved/wrong")).MustFail(HttpStatusCode.NotFound, "NoSuchKey");
    }

    /// <summary>What the JavaScript SDK's presigner puts into every URL, as it has no body yet.</summary>
    [Theory]
    [InlineData("crc32=AAAAAA%3D%3D")]
    [InlineData("sha256=47DEQpj8HBSa%2B%2FTImW%2B5JCeuQeRkm5NMpJWZG3hSuFU%3D")]
    public async Task Put_WithTheChecksumOfNoBodyInTheUrl_TakesAnyBody(string checksum)
    {
        await PutAsync("/nobody", "/nobody/other", "");

        (await SendAsync(HttpMethod.Put, "/nobody/key?x-amz-checksum-" + checksum, body: "x")).Ok();

        Assert.Equal("x", (await SendAsync(HttpMethod.Get, "/nobody/key")).Ok().Text);
    }

    [Fact]
    public async Task Put_WithBodyHashInTheUrl_TakesThatBodyOnly()
    {
        await PutAsync("/hashed", "/hashed/other", "");
        var hash = Signer.Hash("right"u8.ToArray());

        (await SendAsync(
            HttpMethod.Put, "/hashed/key", body: "right", change: query => query["X-Amz-Content-Sha256"] = hash)).Ok();
        (await SendAsync(
            HttpMethod.Put, "/hashed/wrong", body: "wrong", change: query => query["X-Amz-Content-Sha256"] = hash))
            .MustFail(HttpStatusCode.BadRequest, "XAmzContentSHA256Mismatch");

        (await SendAsync(HttpMethod.Get, "/hashed/wrong")).MustFail(HttpStatusCode.NotFound, "NoSuchKey");
    }

    [Fact]
    public async Task Get_AfterItsTime_IsDeniedWithTheTimes()
    {
        var url = scene.Signer with { Time = new ShiftedTime { Shift = TimeSpan.FromSeconds(-61) } };

        var answer = await scene.SendAsync(Request(HttpMethod.Get, url.Presign("GET", Uri("/b/k"))));

        answer.MustFail(HttpStatusCode.Forbidden, "AccessDenied", "Request has expired");
        Assert.Equal("60", answer.Xml.Element("X-Amz-Expires")!.Value);
        var (expires, server) = (answer.Xml.Element("Expires")!.Value, answer.Xml.Element("ServerTime")!.Value);
        Assert.True(string.CompareOrdinal(expires, server) < 0, $"{expires} {server}");
    }

    [Fact]
    public async Task Get_OlderThanTheSkewYetWithinItsTime_IsTaken()
    {
        await PutAsync("/week", "/week/key", "x");
        var early = scene.Signer with { Time = new ShiftedTime { Shift = TimeSpan.FromDays(-6) } };

        var answer = await scene.SendAsync(
            Request(HttpMethod.Get, early.Presign("GET", Uri("/week/key"), seconds: "604800")));

        Assert.Equal("x", answer.Ok().Text);
    }

    [Fact]
    public async Task Get_BeforeItsTime_IsDenied()
    {
        var early = scene.Signer with { Time = new ShiftedTime { Shift = TimeSpan.FromMinutes(16) } };

        (await scene.SendAsync(Request(HttpMethod.Get, early.Presign("GET", Uri("/b/k")))))
            .MustFail(HttpStatusCode.Forbidden, "AccessDenied", "not yet valid");
    }

    [Theory]
    [InlineData("X-Amz-Expires", "0", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Expires", "-1", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Expires", "604801", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Expires", "99999999999999999999", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Expires", "soon", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Expires", null, "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Date", null, "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Date", "yesterday", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Date", "20200101T000000Z", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Credential", null, "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Credential", "a/b", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-SignedHeaders", "", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-SignedHeaders", "date", "AccessDenied")]
    [InlineData("X-Amz-Algorithm", "AWS4-HMAC-SHA1", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Algorithm", "AWS4-ECDSA-P256-SHA256", "NotImplemented")]
    [InlineData("X-Amz-Security-Token", "token", "InvalidToken")]
    [InlineData("x-amz-date", "20200101T000000Z", "AuthorizationQueryParametersError")]
    public async Task Get_ParameterOutOfOrder_IsRefused(string name, string? value, string code)
    {
        var answer = await SendAsync(HttpMethod.Get, "/b/k", change: query =>
        {
            query.Remove(name);
            if (value is not null)
            {
                query[name] = value;
            }
        });

        Assert.Equal(code, answer.Code);
        Assert.True((int)answer.Status is 400 or 403 or 501, answer.Status.ToString());
    }

    [Theory]
    [InlineData("Method")]
    [InlineData("Path")]
    [InlineData("Query")]
    [InlineData("Host")]
    [InlineData("Expires")]
    [InlineData("Signature")]
    [InlineData("Secret")]
    [InlineData("Scope")]
    public async Task Get_AnythingAlteredAfterSigning_DoesNotMatch(string what)
    {
        await PutAsync("/altered", "/altered/key", "x");
        var signer = what == "Secret" ? scene.Signer with { Secret = "not the secret" } : scene.Signer;
        var url = signer.Presign("GET", Uri("/altered/key"));
        url = what switch
        {
            "Path" => url.Replace("/key?", "/kez?", StringComparison.Ordinal),
            "Query" => url + "&versionId=1",
            "Expires" => url.Replace("Expires=60", "Expires=61", StringComparison.Ordinal),
            "Signature" => url[..^1] + (url[^1] == '0' ? '1' : '0'),
            "Scope" => url.Replace("us-east-1", "us-east-2", StringComparison.Ordinal),
            _ => url,
        };
        var request = Request(what == "Method" ? HttpMethod.Delete : HttpMethod.Get, url);
        request.Headers.Host = what == "Host" ? "elsewhere.example:80" : null;

        var answer = await scene.SendAsync(request);

        answer.MustFail(HttpStatusCode.Forbidden, "SignatureDoesNotMatch");
        Assert.Contains("X-Amz-Expires", answer.Xml.Element("CanonicalRequest")!.Value);
        (await SendAsync(HttpMethod.Get, "/altered/key")).Ok();
    }

    [Fact]
    public async Task Get_SignedInQueryAndHeader_IsRefused()
    {
        var request = Request(HttpMethod.Get, scene.Signer.Presign("GET", Uri("/b/k")));
        scene.Signer.Sign(request, "s3", Signer.Hash([]));

        var answer = await scene.SendAsync(request);

        answer.MustFail(HttpStatusCode.BadRequest, "InvalidArgument", "Only one auth mechanism");
        Assert.Equal("Authorization", answer.Xml.Element("ArgumentName")!.Value);
    }

    [Fact]
    public async Task Get_ParameterOfTheSignatureTwice_IsRefused() =>
        (await scene.SendAsync(Request(
            HttpMethod.Get, scene.Signer.Presign("GET", Uri("/b/k")) + "&X-Amz-Expires=604800")))
        .MustFail(HttpStatusCode.BadRequest, "AuthorizationQueryParametersError", "twice");

    [Fact]
    public async Task Get_HeaderThatTheSignatureDoesNotCover_IsDeniedByName()
    {
        var request = Request(HttpMethod.Get, scene.Signer.Presign("GET", Uri("/b/k")));
        request.Headers.TryAddWithoutValidation("x-amz-acl", "private");

        var answer = await scene.SendAsync(request);

        answer.MustFail(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.Equal("x-amz-acl", answer.Xml.Element("HeadersNotSigned")!.Value);
    }

    [Fact]
    public async Task Put_SignedChunksInAPresignedUrl_AreRefused() =>
        (await SendAsync(HttpMethod.Put, "/b/k", body: "x", change: query =>
            query["X-Amz-Content-Sha256"] = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"))
        .MustFail(HttpStatusCode.LengthRequired, "MissingContentLength");

    [Theory]
    [InlineData("/b/k?AWSAccessKeyId=AKIATESTTESTTEST&Expires=4000000000&Signature=x", null)]
    [InlineData("/b/k", "AWS AKIATESTTESTTEST:c2lnbmF0dXJl")]
    public async Task Get_SignatureVersion2_IsRefusedByName(string target, string? header)
    {
        var request = Request(HttpMethod.Get, Uri(target).ToString());
        request.Headers.TryAddWithoutValidation("Authorization", header);

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.BadRequest, "InvalidRequest", "AWS4-HMAC-SHA256");
    }

    private async Task PutAsync(string bucket, string key, string body)
    {
        (await scene.S3Async(HttpMethod.Put, bucket)).Ok();
        (await SendAsync(HttpMethod.Put, key, body: body)).Ok();
    }

    private Task<Answer> SendAsync(
        HttpMethod method, string target, string? body = null, Action<IDictionary<string, string>>? change = null)
    {
        var request = Request(method, scene.Signer.Presign(method.Method, Uri(target), change: change));
        request.Content = body is null ? null : new StringContent(body);
        return scene.SendAsync(request);
    }

    private Uri Uri(string target) => new(scene.Address, target);

    private static HttpRequestMessage Request(HttpMethod method, string url) => new(method, url);
}
