using System.IO.Compression;
using System.Net;
using System.Text;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Protocol;

public sealed class GzipBodyTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string Json = "application/x-amz-json-1.1";

    [Fact]
    public async Task Call_WithGzipBody_IsRead()
    {
        (await SendAsync("Kinesis_20131202.CreateStream", """{"StreamName":"packed","ShardCount":1}""")).Ok();

        Assert.Contains("packed", (await SendAsync("Kinesis_20131202.ListStreams", "{}")).Ok().Text);
    }

    [Fact]
    public async Task Call_WithGzipBodyOfAnotherService_IsRead() =>
        Assert.Contains("DatabaseList", (await SendAsync("AWSGlue.GetDatabases", "{}")).Ok().Text);

    [Fact]
    public async Task Call_WithGzipCbor_IsReadAndAnsweredInCbor()
    {
        var body = Pack(CborValues.Write(CborValues.Map()));

        var answer = await scene.SendAsync("Kinesis_20131202.ListStreams", body, CborCalls.ContentType, "gzip");

        Assert.Contains("StreamNames", CborValues.ReadMap(answer.Ok().Body).Keys);
    }

    [Fact]
    public async Task Call_WhosePlainBodyIsTooLarge_IsRefusedBeforeItIsInflated()
    {
        var bomb = Pack(new byte[200 << 20]);
        Assert.True(bomb.Length < 1 << 20);

        var answer = await scene.SendAsync("Kinesis_20131202.ListStreams", bomb, Json, "gzip");

        answer.MustFail(HttpStatusCode.RequestEntityTooLarge, "RequestEntityTooLargeException", "1048576 bytes");
    }

    [Fact]
    public async Task Call_WithBytesThatAreNotGzip_IsRefused() =>
        (await scene.SendAsync(
            "Kinesis_20131202.ListStreams", Encoding.UTF8.GetBytes("""{"Limit":10,"NextToken":"abc"}"""), Json, "gzip"))
            .MustFail(HttpStatusCode.BadRequest, "SerializationException", "not valid gzip");

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(9)]
    public async Task Call_WithGzipThatIsCutOff_IsRefused(int missing)
    {
        var body = Pack(Encoding.UTF8.GetBytes("""{"Limit":10,"NextToken":"abc"}"""));

        (await scene.SendAsync("Kinesis_20131202.ListStreams", body[..^missing], Json, "gzip"))
            .MustFail(HttpStatusCode.BadRequest, "SerializationException");
    }

    [Fact]
    public async Task Call_WithGzipOfWrongChecksum_IsRefused()
    {
        var body = Pack("{}"u8.ToArray());
        body[^8] ^= 1;

        (await scene.SendAsync("Kinesis_20131202.ListStreams", body, Json, "gzip"))
            .MustFail(HttpStatusCode.BadRequest, "SerializationException");
    }

    [Fact]
    public async Task Call_WithBytesAfterTheGzip_IsRefused() =>
        (await scene.SendAsync("Kinesis_20131202.ListStreams", [.. Pack("{}"u8.ToArray()), 0], Json, "gzip"))
            .MustFail(HttpStatusCode.BadRequest, "SerializationException");

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    public async Task Call_InAnotherEncoding_IsRefusedByName(string encoding) =>
        (await scene.SendAsync("Kinesis_20131202.ListStreams", "{}"u8.ToArray(), Json, encoding))
            .MustFail(HttpStatusCode.UnsupportedMediaType, "SerializationException", encoding);

    [Fact]
    public async Task Call_SignedOverThePlainBody_IsRefused()
    {
        var request = scene.JsonRequest("Kinesis_20131202.ListStreams", Pack("{}"u8.ToArray()));
        request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        scene.Signer.Sign(request, "kinesis", Signer.Hash("{}"u8.ToArray()));

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    private Task<Answer> SendAsync(string target, string json) =>
        scene.SendAsync(target, Pack(Encoding.UTF8.GetBytes(json)), Json, "gzip");

    private static byte[] Pack(byte[] plain)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}
