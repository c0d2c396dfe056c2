using System.Net;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>PutObject in the chunked forms that newer SDKs send by default.</summary>
public sealed class ChunkedPutTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string UnsignedTrailer = SentChunks.UnsignedTrailer;
    private const string SignedTrailer = SentChunks.SignedTrailer;
    private const string Signed = SentChunks.Signed;
    private const string Trailer = "MalformedTrailerError";

    [Theory]
    [InlineData(UnsignedTrailer)]
    [InlineData(SignedTrailer)]
    [InlineData(Signed)]
    public async Task Put_Chunked_StoresTheDecodedBytes(string kind)
    {
        var answer = (await PutAsync(kind, "good-" + kind.ToLowerInvariant(), body => body)).Ok();
        var got = (await scene.S3Async(HttpMethod.Get, "/chunked/good-" + kind.ToLowerInvariant())).Ok();

        Assert.Equal(string.Concat(SentChunks.Parts), got.Text);
        Assert.Null(got.Header("Content-Encoding"));
        Assert.Equal(kind == Signed ? null : SentChunks.Crc32C(), answer.Header("x-amz-checksum-crc32c"));
    }

    [Theory]
    [InlineData(UnsignedTrailer, "world", "w0rld", "BadDigest")]
    [InlineData(SignedTrailer, "world", "w0rld", "SignatureDoesNotMatch")]
    [InlineData(Signed, "world", "w0rld", "SignatureDoesNotMatch")]
    [InlineData(SignedTrailer, "x-amz-trailer-signature:", "x-amz-trailer-signature:0", "SignatureDoesNotMatch")]
    [InlineData(Signed, ";chunk-signature=", ";chunk-signature=0", "SignatureDoesNotMatch")]
    [InlineData(Signed, ";chunk-signature=", ";", "SignatureDoesNotMatch")]
    [InlineData(UnsignedTrailer, "x-amz-checksum-crc32c:", "x-amz-other:", "MalformedTrailerError")]
    [InlineData(UnsignedTrailer, "hello \r\n5\r\nworld\r\n0\r\n", "hello \r\n0\r\n", "IncompleteBody")]
    [InlineData(UnsignedTrailer, "\r\n5\r\nworld", "\r\nFFFFFFFFFFFFFFFF\r\nworld", "IncompleteBody")]
    [InlineData(UnsignedTrailer, "\r\n5\r\nworld", "\r\n7FFFFFFFFFFFFFFF\r\nworld", "IncompleteBody")]
    [InlineData(UnsignedTrailer, "\r\n5\r\nworld", "\r\nzz\r\nworld", "IncompleteBody")]
    [InlineData(UnsignedTrailer, "\r\n5\r\nworld", "\r\n-5\r\nworld", "IncompleteBody")]
    [InlineData(UnsignedTrailer, "\r\n5\r\nworld", "\r\n\r\nworld", "IncompleteBody")]
    [InlineData(UnsignedTrailer, "\r\n5\r\nworld", "\r\n5;x=y\r\nworld", "IncompleteBody")]
    [InlineData(UnsignedTrailer, "\r\n5\r\nworld", "\r\n4\r\nworld", "IncompleteBody")]
    [InlineData(UnsignedTrailer, "\r\n5\r\nworld", "\r\n6\r\nworld", "IncompleteBody")]
    [InlineData(UnsignedTrailer, "world\r\n0\r\n", "world\r\n1\r\nx\r\n0\r\n", "IncompleteBody")]
    [InlineData(UnsignedTrailer, "world\r\n0\r\n", "world\r\n", "IncompleteBody")]
    [InlineData(UnsignedTrailer, "x-amz-checksum-crc32c:", "x-amz-meta-a:b\r\nx-amz-checksum-crc32c:", Trailer)]
    [InlineData(UnsignedTrailer, "x-amz-checksum-crc32c:", "x-amz-checksum-crc32c:\r\nx-amz-checksum-crc32c:", Trailer)]
    [InlineData(UnsignedTrailer, "x-amz-checksum-crc32c:", "no colon\r\nx-amz-checksum-crc32c:", Trailer)]
    [InlineData(SignedTrailer, "x-amz-trailer-signature:", "x-amz-trailer-signatur:", Trailer)]
    [InlineData(SignedTrailer, "x-amz-checksum-crc32c:", "x-amz-checksum-crc32c:a", "SignatureDoesNotMatch")]
    [InlineData(SignedTrailer, ";chunk-signature=", ";chunk-signature=0", "SignatureDoesNotMatch")]
    [InlineData(Signed, "5;chunk-signature=", "4;chunk-signature=", "IncompleteBody")]
    [InlineData(Signed, "hello ", "hell", "IncompleteBody")]
    public async Task Put_ChunkedAndAltered_IsRefusedAndStoresNothing(
        string kind, string find, string replace, string code)
    {
        var answer = await PutAsync(kind, "altered", body => body.Replace(find, replace, StringComparison.Ordinal));

        Assert.Equal(code, answer.Code);
        Assert.True((int)answer.Status is 400 or 403, answer.Status.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Get, "/chunked/altered")).Status);
    }

    [Theory]
    [InlineData(UnsignedTrailer)]
    [InlineData(SignedTrailer)]
    [InlineData(Signed)]
    public async Task Put_ChunkedAndCutAnywhere_StoresNothing(string kind)
    {
        var whole = 0;
        await PutAsync(kind, "cut-" + kind.ToLowerInvariant(), body => body[..((whole = body.Length) - 1)]);
        foreach (var length in new[] { 1, 5, 100, 70_000, whole - 200, whole - 100, whole - 10, whole - 2, whole - 1 })
        {
            var answer = await PutAsync(kind, "cut-" + kind.ToLowerInvariant(), body => body[..length]);

            answer.MustFail(HttpStatusCode.BadRequest, "IncompleteBody");
        }

        (await scene.S3Async(HttpMethod.Get, "/chunked/cut-" + kind.ToLowerInvariant()))
            .MustFail(HttpStatusCode.NotFound, "NoSuchKey");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("a")]
    public async Task Put_ChunkHeaderWithoutEnd_IsRefused(string filling)
    {
        var bomb = string.Concat(Enumerable.Repeat(filling, 200_000));

        (await PutAsync(UnsignedTrailer, "bomb", body => bomb + body))
            .MustFail(HttpStatusCode.BadRequest, "IncompleteBody");
        (await PutAsync(UnsignedTrailer, "bomb", body => body[..^2] + bomb))
            .MustFail(HttpStatusCode.BadRequest, "IncompleteBody");
        (await scene.S3Async(HttpMethod.Get, "/chunked/bomb")).MustFail(HttpStatusCode.NotFound, "NoSuchKey");
    }

    [Theory]
    [InlineData("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("no-hash", HttpStatusCode.BadRequest, "InvalidArgument")]
    public async Task Put_PayloadOfAnotherForm_IsRefusedByName(string payload, HttpStatusCode status, string code)
    {
        (await scene.S3Async(HttpMethod.Put, "/chunked")).Ok();
        var request = scene.S3Request(HttpMethod.Put, "/chunked/form", [1]);
        scene.Signer.Sign(request, "s3", payload);

        (await scene.SendAsync(request)).MustFail(status, code, payload);
    }

    [Fact]
    public async Task Put_ChunkedWithoutDecodedLength_IsRefused()
    {
        (await scene.S3Async(HttpMethod.Put, "/chunked")).Ok();
        var request = scene.S3Request(HttpMethod.Put, "/chunked/x", [1]);
        scene.Signer.Sign(request, "s3", UnsignedTrailer);

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.LengthRequired, "MissingContentLength");
    }

    [Fact]
    public async Task Put_UnsignedPayload_IsTaken()
    {
        (await scene.S3Async(HttpMethod.Put, "/chunked")).Ok();
        var request = scene.S3Request(HttpMethod.Put, "/chunked/unsigned", [1, 2, 3]);
        scene.Signer.Sign(request, "s3", "UNSIGNED-PAYLOAD");
        (await scene.SendAsync(request)).Ok();

        Assert.Equal([1, 2, 3], (await scene.S3Async(HttpMethod.Get, "/chunked/unsigned")).Ok().Body);
    }

    private async Task<Answer> PutAsync(string kind, string key, Func<string, string> alter)
    {
        (await scene.S3Async(HttpMethod.Put, "/chunked")).Ok();
        return await scene.SendAsync(SentChunks.Put(scene, kind, "/chunked/" + key, alter));
    }
}
