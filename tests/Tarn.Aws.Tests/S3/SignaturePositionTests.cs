using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Tarn.Aws.Tests.Listening;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>A PUT whose signature is wrong in one place: the error for that place, and nothing written.</summary>
public sealed class SignaturePositionTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string Target = "/positions/key";
    private const string Mismatch = "SignatureDoesNotMatch";
    private const string Malformed = "AuthorizationHeaderMalformed";

    private static readonly byte[] Body = "body"u8.ToArray();

    [Theory]
    [InlineData("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("AWS4-HMAC-SHA256", "AWS4", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("Credential=AKIA", "Credential=BKIA", HttpStatusCode.Forbidden, "InvalidAccessKeyId")]
    [InlineData("Credential=AKIATESTTESTTEST", "Credential=", HttpStatusCode.BadRequest, Malformed)]
    [InlineData("Credential=", "Credentials=", HttpStatusCode.BadRequest, Malformed)]
    [InlineData("/us-east-1/", "/us-east-2/", HttpStatusCode.Forbidden, Mismatch)]
    [InlineData("/us-east-1/", "//", HttpStatusCode.Forbidden, Mismatch)]
    [InlineData("/s3/", "/iam/", HttpStatusCode.BadRequest, Malformed)]
    [InlineData("/s3/", "/", HttpStatusCode.BadRequest, Malformed)]
    [InlineData("aws4_request", "aws5_request", HttpStatusCode.BadRequest, Malformed)]
    [InlineData("aws4_request", "aws4_request/more", HttpStatusCode.BadRequest, Malformed)]
    [InlineData("SignedHeaders=host;", "SignedHeaders=", HttpStatusCode.Forbidden, "AccessDenied")]
    [InlineData(";x-amz-date", "", HttpStatusCode.Forbidden, "AccessDenied")]
    [InlineData(";x-amz-meta-a", "", HttpStatusCode.Forbidden, "AccessDenied")]
    [InlineData("host;x-amz-content-sha256", "x-amz-content-sha256;host", HttpStatusCode.Forbidden, Mismatch)]
    [InlineData("=host;", "=host;range;", HttpStatusCode.Forbidden, Mismatch)]
    [InlineData("Signature=", "Signature=0", HttpStatusCode.Forbidden, Mismatch)]
    [InlineData(", Signature=", ", ", HttpStatusCode.BadRequest, Malformed)]
    public async Task Put_PartOfTheAuthorizationAltered_IsRefused(
        string find, string replace, HttpStatusCode status, string code)
    {
        var files = await FilesAsync();
        var request = Signed();

        Alter(request, text => text.Replace(find, replace, StringComparison.Ordinal));

        (await scene.SendAsync(request)).MustBeS3Error(status, code, Target);
        files.MustBeSame();
    }

    [Fact]
    public async Task Put_AnyDigitOfTheSignatureAltered_DoesNotMatch()
    {
        var files = await FilesAsync();
        for (var digit = 0; digit < 64; digit++)
        {
            var request = Signed();
            Alter(request, text => Flipped(text, text.Length - 64 + digit));

            (await scene.SendAsync(request)).MustBeS3Error(HttpStatusCode.Forbidden, Mismatch, Target);
        }

        var cut = Signed();
        Alter(cut, text => text[..^1]);
        (await scene.SendAsync(cut)).MustBeS3Error(HttpStatusCode.Forbidden, Mismatch, Target);
        files.MustBeSame();
    }

    [Theory]
    [InlineData("x-amz-meta-a", "two", HttpStatusCode.Forbidden, Mismatch)]
    [InlineData("x-amz-content-sha256", "UNSIGNED-PAYLOAD", HttpStatusCode.Forbidden, Mismatch)]
    [InlineData("x-amz-content-sha256", "", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("x-amz-date", "", HttpStatusCode.BadRequest, Malformed)]
    [InlineData("x-amz-date", "yesterday", HttpStatusCode.BadRequest, Malformed)]
    [InlineData("x-amz-date", "20200101T000000Z", HttpStatusCode.Forbidden, "RequestTimeTooSkewed")]
    [InlineData("Host", "elsewhere.example", HttpStatusCode.Forbidden, Mismatch)]
    [InlineData("x-amz-storage-class", "STANDARD", HttpStatusCode.Forbidden, "AccessDenied")]
    [InlineData("x-amz-security-token", "token", HttpStatusCode.BadRequest, "InvalidToken")]
    public async Task Put_HeaderAlteredAfterSigning_IsRefused(
        string name, string value, HttpStatusCode status, string code)
    {
        var files = await FilesAsync();
        var request = Signed();
        request.Headers.Remove(name);
        if (value.Length > 0)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        (await scene.SendAsync(request)).MustBeS3Error(status, code, Target);
        files.MustBeSame();
    }

    [Fact]
    public async Task Put_MethodPathQueryOrBodyAlteredAfterSigning_IsRefused()
    {
        var files = await FilesAsync();
        var (deleted, other, query, body) = (Signed(), Signed(), Signed(), Signed());
        deleted.Method = HttpMethod.Delete;
        other.RequestUri = new Uri(scene.Address, "/positions/other");
        query.RequestUri = new Uri(scene.Address, Target + "?x-id=PutObject");
        body.Content = new ByteArrayContent("bodi"u8.ToArray());

        (await scene.SendAsync(deleted)).MustBeS3Error(HttpStatusCode.Forbidden, Mismatch, Target);
        (await scene.SendAsync(other)).MustBeS3Error(HttpStatusCode.Forbidden, Mismatch, "/positions/other");
        (await scene.SendAsync(query)).MustBeS3Error(HttpStatusCode.Forbidden, Mismatch, Target);
        (await scene.SendAsync(body)).MustBeS3Error(HttpStatusCode.BadRequest, "XAmzContentSHA256Mismatch", Target);
        files.MustBeSame();
    }

    [Theory]
    [InlineData(16)]
    [InlineData(-16)]
    public async Task Put_ClockOff_IsRefusedAndStoresNothing(int minutes)
    {
        var files = await FilesAsync();
        var signer = scene.Signer with { Time = new ShiftedTime { Shift = TimeSpan.FromMinutes(minutes) } };

        (await scene.SendAsync(Signed(signer)))
            .MustBeS3Error(HttpStatusCode.Forbidden, "RequestTimeTooSkewed", Target);

        files.MustBeSame();
    }

    [Theory]
    [InlineData(SentChunks.Signed, 4)]
    [InlineData(SentChunks.SignedTrailer, 5)]
    public async Task Put_SignatureOfAnyChunkOrTrailerAltered_DoesNotMatch(string kind, int signatures)
    {
        var files = await FilesAsync();
        for (var number = 0; number < signatures; number++)
        {
            foreach (var digit in new[] { 0, 63 })
            {
                var request = SentChunks.Put(scene, kind, Target, body =>
                {
                    var found = Regex.Matches(body, "signature[=:]([0-9a-f]{64})");
                    Assert.Equal(signatures, found.Count);
                    return Flipped(body, found[number].Groups[1].Index + digit);
                });

                (await scene.SendAsync(request)).MustBeS3Error(HttpStatusCode.Forbidden, Mismatch, Target);
            }
        }

        files.MustBeSame();
    }

    [Theory]
    [InlineData(SentChunks.Signed)]
    [InlineData(SentChunks.SignedTrailer)]
    public async Task Put_SeedAlteredOrChunksReordered_DoesNotMatch(string kind)
    {
        var files = await FilesAsync();
        var seed = SentChunks.Put(scene, kind, Target, body => body);
        Alter(seed, text => Flipped(text, text.Length - 1));
        var swapped = SentChunks.Put(scene, kind, Target, body => Regex.Replace(
            body, "(6;[^\r]*\r\nhello \r\n)(5;[^\r]*\r\nworld\r\n)", "$2$1"));
        var moved = SentChunks.Put(scene, kind, Target, body => Regex.Replace(
            body, "6;(chunk-signature=[0-9a-f]{64})\r\nhello \r\n5;(chunk-signature=[0-9a-f]{64})",
            "6;$2\r\nhello \r\n5;$1"));

        (await scene.SendAsync(seed)).MustBeS3Error(HttpStatusCode.Forbidden, Mismatch, Target);
        (await scene.SendAsync(swapped)).MustBeS3Error(HttpStatusCode.Forbidden, Mismatch, Target);
        (await scene.SendAsync(moved)).MustBeS3Error(HttpStatusCode.Forbidden, Mismatch, Target);
        files.MustBeSame();
    }

    [Fact]
    public async Task Put_PresignedAndAltered_StoresNothing()
    {
        var files = await FilesAsync();
        var url = scene.Signer.Presign("PUT", new Uri(scene.Address, Target));
        var late = scene.Signer with { Time = new ShiftedTime { Shift = TimeSpan.FromSeconds(-61) } };

        for (var digit = 0; digit < 64; digit += 9)
        {
            (await PutAsync(Flipped(url, url.Length - 64 + digit)))
                .MustBeS3Error(HttpStatusCode.Forbidden, Mismatch, Target);
        }

        (await PutAsync(url.Replace("AKIA", "BKIA", StringComparison.Ordinal)))
            .MustBeS3Error(HttpStatusCode.Forbidden, "InvalidAccessKeyId", Target);
        (await PutAsync(url.Replace("Expires=60", "Expires=604800", StringComparison.Ordinal)))
            .MustBeS3Error(HttpStatusCode.Forbidden, Mismatch, Target);
        (await PutAsync(late.Presign("PUT", new Uri(scene.Address, Target))))
            .MustBeS3Error(HttpStatusCode.Forbidden, "AccessDenied", Target);
        files.MustBeSame();
    }

    [Theory]
    [InlineData("Signature=", "Signature=f", "403 Forbidden", Mismatch)]
    [InlineData("Credential=AKIA", "Credential=BKIA", "403 Forbidden", "InvalidAccessKeyId")]
    public async Task Put_WrongSignatureExpectingContinue_IsRefusedWithoutItsBody(
        string find, string replace, string status, string code)
    {
        var files = await FilesAsync();
        using var connection = await RawConnection.OpenAsync(scene.Address);
        var head = scene.Signer.Text("PUT", Target, "localhost", "", "Expect: 100-continue")
            .Replace("Content-Length: 0", "Content-Length: 10000000", StringComparison.Ordinal)
            .Replace(find, replace, StringComparison.Ordinal);

        await connection.SendAsync(head);
        var answer = await connection.ReadUntilAsync("</Error>");

        Assert.StartsWith("HTTP/1.1 " + status, answer);
        Assert.Contains($"<Code>{code}</Code>", answer);
        Assert.Contains($"<Resource>{Target}</Resource><RequestId>", answer);
        files.MustBeSame();
    }

    private async Task<LakeFiles> FilesAsync()
    {
        (await scene.S3Async(HttpMethod.Put, "/positions")).Ok();
        return LakeFiles.Of(scene);
    }

    private HttpRequestMessage Signed(Signer? signer = null)
    {
        var request = scene.S3Request(HttpMethod.Put, Target, Body, "x-amz-meta-a:one");
        (signer ?? scene.Signer).Sign(request, "s3", Signer.Hash(Body));
        return request;
    }

    private Task<Answer> PutAsync(string url) =>
        scene.SendAsync(new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(Body) });

    private static void Alter(HttpRequestMessage request, Func<string, string> alter)
    {
        var text = request.Headers.GetValues("Authorization").Single();
        var altered = alter(text);
        Assert.NotEqual(text, altered);
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", altered);
    }

    /// <summary>Another hex digit at that place.</summary>
    private static string Flipped(string text, int at) =>
        new StringBuilder(text) { [at] = text[at] == '0' ? '1' : '0' }.ToString();
}
