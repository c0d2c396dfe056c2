using System.Net;
using System.Text;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Protocol.Signing;

/// <summary>What each protocol answers when a signature is not in order.</summary>
public sealed class SignatureTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private static readonly byte[] Empty = Encoding.UTF8.GetBytes("{}");

    [Theory]
    [InlineData("kinesis", "InvalidSignatureException")]
    [InlineData("sts", "SignatureDoesNotMatch")]
    [InlineData("s3", "SignatureDoesNotMatch")]
    public async Task WrongSecret_IsForbidden(string service, string code) =>
        (await SendAsync(service, scene.Signer with { Secret = "not the secret" }))
            .MustFail(HttpStatusCode.Forbidden, code);

    [Theory]
    [InlineData("kinesis", "UnrecognizedClientException")]
    [InlineData("sts", "InvalidClientTokenId")]
    [InlineData("s3", "InvalidAccessKeyId")]
    public async Task UnknownKey_IsForbidden(string service, string code) =>
        (await SendAsync(service, scene.Signer with { AccessKeyId = "AKIANOTTHERE0000" }))
            .MustFail(HttpStatusCode.Forbidden, code);

    [Theory]
    [InlineData("kinesis", "MissingAuthenticationTokenException")]
    [InlineData("sts", "MissingAuthenticationToken")]
    [InlineData("s3", "AccessDenied")]
    public async Task Unsigned_IsForbidden(string service, string code) =>
        (await scene.SendAsync(Request(service))).MustFail(HttpStatusCode.Forbidden, code);

    [Theory]
    [InlineData("kinesis", "InvalidSignatureException", 16)]
    [InlineData("s3", "RequestTimeTooSkewed", 16)]
    [InlineData("s3", "RequestTimeTooSkewed", -16)]
    public async Task ClockMoreThan15MinutesOff_IsForbidden(string service, string code, int minutes)
    {
        var clock = new ShiftedTime { Shift = TimeSpan.FromMinutes(minutes) };

        (await SendAsync(service, scene.Signer with { Time = clock })).MustFail(HttpStatusCode.Forbidden, code);
    }

    [Fact]
    public async Task Clock14MinutesOff_IsTaken() =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(
            "s3", scene.Signer with { Time = new ShiftedTime { Shift = TimeSpan.FromMinutes(14) } })).Status);

    [Fact]
    public async Task AnyRegion_IsTaken() =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("s3", scene.Signer with { Region = "ap-south-2" })).Status);

    [Fact]
    public async Task ScopeOfAnotherService_IsRefused()
    {
        var request = Request("kinesis");
        scene.Signer.Sign(request, "athena", Signer.Hash(Empty));

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.Forbidden, "InvalidSignatureException", "athena");
    }

    [Fact]
    public async Task BodyOtherThanSigned_IsRefused()
    {
        var request = scene.JsonRequest("Kinesis_20131202.ListStreams", Encoding.UTF8.GetBytes("{\"Limit\":1}"));
        scene.Signer.Sign(request, "kinesis", Signer.Hash(Empty));

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    [Fact]
    public async Task HeaderAddedAfterSigning_IsRefused()
    {
        var request = Request("s3");
        scene.Signer.Sign(request, "s3", Signer.Hash([]));
        request.Headers.TryAddWithoutValidation("x-amz-expected-bucket-owner", "1");

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.Forbidden, "AccessDenied", "not signed");
    }

    [Fact]
    public async Task QueryAddedAfterSigning_IsRefused()
    {
        var request = Request("s3");
        scene.Signer.Sign(request, "s3", Signer.Hash([]));
        request.RequestUri = new Uri(request.RequestUri!, "?max-buckets=1");

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.Forbidden, "SignatureDoesNotMatch");
    }

    [Fact]
    public async Task SessionToken_IsRefused()
    {
        var request = Request("s3");
        request.Headers.TryAddWithoutValidation("x-amz-security-token", "token");
        scene.Signer.Sign(request, "s3", Signer.Hash([]));

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.BadRequest, "InvalidToken");
    }

    [Fact]
    public async Task SignatureInTheQueryOfAnotherService_IsRefused()
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(scene.Address, "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00"));
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "Kinesis_20131202.ListStreams");

        (await scene.SendAsync(request)).MustFail(
            HttpStatusCode.BadRequest, "IncompleteSignatureException", "presigned");
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 nonsense")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20260101/r/s3/aws4_request, Signature=0")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20260101/r/s3/aws4_request, SignedHeaders=host")]
    public async Task AuthorizationHeaderWithoutItsParts_IsMalformed(string header)
    {
        var request = Request("s3");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.BadRequest, "AuthorizationHeaderMalformed");
    }

    [Fact]
    public async Task AnsweredRequest_CarriesItsRequestId()
    {
        var s3 = await SendAsync("s3", scene.Signer);
        var failed = await scene.SendAsync(Request("s3"));

        Assert.False(string.IsNullOrEmpty(s3.Header("x-amz-request-id")));
        Assert.Equal(failed.Header("x-amz-request-id"), failed.Xml.Element("RequestId")!.Value);
    }

    [Fact]
    public async Task GetCallerIdentity_Signed_NamesTheAccount()
    {
        var answer = (await SendAsync("sts", scene.Signer)).Ok();

        Assert.Equal("000000000000", answer.Xml.Descendants("Account").Single().Value);
        Assert.Equal("arn:aws:iam::000000000000:root", answer.Xml.Descendants("Arn").Single().Value);
    }

    [Fact]
    public async Task Health_Unsigned_IsOk() =>
        Assert.Equal(HttpStatusCode.OK, (await scene.Http.GetAsync(new Uri(scene.Address, "/health"))).StatusCode);

    [Fact]
    public async Task Health_Signed_IsTheBucketOfThatName()
    {
        (await scene.S3Async(HttpMethod.Get, "/health")).MustFail(HttpStatusCode.NotFound, "NoSuchBucket");
    }

    [Fact]
    public async Task Reset_SignedAndNot_RunsOnlySigned()
    {
        var unsigned = await scene.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri(scene.Address, "/_tarn/reset")));
        Assert.Equal((HttpStatusCode.Forbidden, 0), (unsigned.Status, scene.Resets));

        var signed = await scene.S3Async(HttpMethod.Post, "/_tarn/reset");
        Assert.Equal((HttpStatusCode.NoContent, 1), (signed.Status, scene.Resets));
    }

    private async Task<Answer> SendAsync(string service, Signer signer)
    {
        var request = Request(service);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync();
        signer.Sign(request, service, Signer.Hash(body));
        return await scene.SendAsync(request);
    }

    private HttpRequestMessage Request(string service) => service switch
    {
        "kinesis" => scene.JsonRequest("Kinesis_20131202.ListStreams", Empty),
        "s3" => scene.S3Request(HttpMethod.Get, "/", null),
        _ => new HttpRequestMessage(HttpMethod.Post, scene.Address)
        {
            Content = new FormUrlEncodedContent([new("Action", "GetCallerIdentity"), new("Version", "2011-06-15")]),
        },
    };
}
