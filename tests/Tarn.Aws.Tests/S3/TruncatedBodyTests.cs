using System.Net;
using System.Text;
using Tarn.Aws.Tests.Listening;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>Bodies that end, or whose connection ends, before their time: nothing of them stays.</summary>
public sealed class TruncatedBodyTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const int Sent = 3_000_000;

    private static readonly string Large = new('x', 2 * Sent);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_ConnectionEndsInTheBody_LeavesNoFile(bool isCut)
    {
        (await scene.S3Async(HttpMethod.Put, "/truncated")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/truncated/key", "old"u8.ToArray())).Ok();
        var files = LakeFiles.Of(scene);
        using var connection = await RawConnection.OpenAsync(scene.Address);
        var text = scene.Signer.Text("PUT", "/truncated/key", "localhost", Large);

        await connection.SendAsync(text[..^Sent]);
        await files.UntilAsync(isChanged: true);
        End(connection, isCut);
        await files.UntilAsync(isChanged: false);

        Assert.Equal("old", (await scene.S3Async(HttpMethod.Get, "/truncated/key")).Ok().Text);
        var listed = (await scene.S3Async(HttpMethod.Get, "/truncated?list-type=2")).Ok();
        Assert.Single(listed.Xml.Elements("Contents"));
    }

    [Theory]
    [InlineData(SentChunks.UnsignedTrailer, true)]
    [InlineData(SentChunks.UnsignedTrailer, false)]
    [InlineData(SentChunks.Signed, true)]
    [InlineData(SentChunks.SignedTrailer, false)]
    public async Task Put_ConnectionEndsInAChunk_LeavesNoFile(string kind, bool isCut)
    {
        (await scene.S3Async(HttpMethod.Put, "/truncated")).Ok();
        var files = LakeFiles.Of(scene);
        using var connection = await RawConnection.OpenAsync(scene.Address);
        var request = SentChunks.Put(scene, kind, "/truncated/chunked", body => body);
        var body = await request.Content!.ReadAsByteArrayAsync();

        await connection.SendAsync(RawConnection.Head(request, body.Length));
        await connection.SendAsync(body[..^300]);
        await files.UntilAsync(isChanged: true);
        End(connection, isCut);
        await files.UntilAsync(isChanged: false);

        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/truncated/chunked")).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PutPart_ConnectionEndsInTheBody_KeepsTheOtherParts(bool isCut)
    {
        var upload = await Uploads.CreateAsync(scene, "/truncated/parts");
        var first = await upload.PartAsync(1, "first"u8.ToArray());
        var files = LakeFiles.Of(scene);
        using var connection = await RawConnection.OpenAsync(scene.Address);
        var hash = Signer.Hash(Encoding.ASCII.GetBytes(Large));
        var request = scene.S3Request(
            HttpMethod.Put, $"/truncated/parts?partNumber=2&uploadId={upload.Id}", null);
        scene.Signer.Sign(request, "s3", hash);

        await connection.SendAsync(RawConnection.Head(request, Large.Length));
        await connection.SendAsync(Large[..Sent]);
        await files.UntilAsync(isChanged: true);
        End(connection, isCut);
        await files.UntilAsync(isChanged: false);

        Assert.Single((await upload.ListAsync()).Ok().Xml.Elements("Part"));
        (await upload.CompleteAsync(first)).Ok();
        Assert.Equal("first", (await scene.S3Async(HttpMethod.Get, "/truncated/parts")).Ok().Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PostForm_ConnectionEndsInTheFile_LeavesNoFile(bool isCut)
    {
        (await scene.S3Async(HttpMethod.Put, "/truncated")).Ok();
        var files = LakeFiles.Of(scene);
        var form = new SentForm(scene);
        var body = form.Body(form.Signed([("key", "form")], form.Policy([("key", "form")], null)), Large);
        using var connection = await RawConnection.OpenAsync(scene.Address);

        await connection.SendAsync(
            $"POST /truncated HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n"
            + $"Content-Type: multipart/form-data; boundary={SentForm.Boundary}\r\n\r\n{body[..Sent]}");
        await files.UntilAsync(isChanged: true);
        End(connection, isCut);
        await files.UntilAsync(isChanged: false);

        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/truncated/form")).Status);
    }

    [Fact]
    public async Task Put_BodyThatStopsComing_IsATimeoutAndStoresNothing()
    {
        (await scene.S3Async(HttpMethod.Put, "/truncated")).Ok();
        var files = LakeFiles.Of(scene);
        using var connection = await RawConnection.OpenAsync(scene.Address);
        var text = scene.Signer.Text("PUT", "/truncated/stalled", "localhost", "hello");

        await connection.SendAsync(text[..^1]);
        var answer = await connection.ReadUntilAsync("</Error>");

        Assert.StartsWith("HTTP/1.1 400", answer);
        Assert.Contains("<Code>RequestTimeout</Code>", answer);
        Assert.Contains("<Resource>/truncated/stalled</Resource><RequestId>", answer);
        files.MustBeSame();
    }

    [Theory]
    [InlineData("PUT", "/truncated/kept?tagging", "<Tagging><TagSet></TagSet></Tagging>")]
    [InlineData("POST", "/truncated?delete", "<Delete><Object><Key>kept</Key></Object></Delete>")]
    [InlineData("PUT", "/truncated?tagging", "<Tagging><TagSet></TagSet></Tagging>")]
    public async Task Document_ConnectionEndsBeforeItsEnd_ChangesNothing(string method, string target, string document)
    {
        (await scene.S3Async(HttpMethod.Put, "/truncated")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/truncated/kept", [1], "x-amz-tagging:a=b")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/truncated?tagging", Encoding.UTF8.GetBytes(
            "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"))).Ok();
        var bytes = Encoding.UTF8.GetBytes(document);
#pragma warning disable CA5351 // Content-MD5 is what the protocol asks for
        var md5 = Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(bytes));
#pragma warning restore CA5351
        var request = scene.S3Request(new HttpMethod(method), target, bytes, "content-md5:" + md5);
        scene.Signer.Sign(request, "s3", Signer.Hash(bytes));
        using var connection = await RawConnection.OpenAsync(scene.Address);

        // The document is whole, and its sender has said that one more byte belongs to it.
        await connection.SendAsync(RawConnection.Head(request, bytes.Length + 1) + document);
        connection.EndSending();
        var answer = await connection.ReadToEndAsync();

        Assert.False(answer.StartsWith("HTTP/1.1 20", StringComparison.Ordinal), answer);
        Assert.Equal("1", (await scene.S3Async(HttpMethod.Head, "/truncated/kept")).Ok().Header("x-amz-tagging-count"));
        Assert.Single((await scene.S3Async(HttpMethod.Get, "/truncated?tagging")).Ok().Xml.Descendants("Tag"));
    }

    [Fact]
    public async Task Put_TransferCodingCutShort_IsIncompleteAndStoresNothing()
    {
        (await scene.S3Async(HttpMethod.Put, "/truncated")).Ok();
        var files = LakeFiles.Of(scene);
        var request = SentChunks.Put(scene, SentChunks.Signed, "/truncated/coded", body => body);
        var body = await request.Content!.ReadAsStringAsync();
        var head = RawConnection.Head(request, 0).Replace(
            "Content-Length: 0", "Transfer-Encoding: chunked\r\nConnection: close", StringComparison.Ordinal);
        using var whole = await RawConnection.OpenAsync(scene.Address);
        using var broken = await RawConnection.OpenAsync(scene.Address);
        using var shorter = await RawConnection.OpenAsync(scene.Address);

        await broken.SendAsync(head + "10\r\n" + body[..16] + "\r\nnot a length\r\n");
        await shorter.SendAsync(head + $"{body.Length - 20:x}\r\n{body[..^20]}\r\n0\r\n\r\n");
        var answers = new[] { await broken.ReadToEndAsync(), await shorter.ReadToEndAsync() };

        Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 400", answer));
        Assert.All(answers, answer => Assert.Contains("<Code>IncompleteBody</Code>", answer));
        files.MustBeSame();
        await whole.SendAsync(head + $"{body.Length:x}\r\n{body}\r\n0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", await whole.ReadToEndAsync());
    }

    [Theory]
    [InlineData("-1", HttpStatusCode.LengthRequired, "MissingContentLength")]
    [InlineData("many", HttpStatusCode.LengthRequired, "MissingContentLength")]
    [InlineData("70010", HttpStatusCode.BadRequest, "IncompleteBody")]
    [InlineData("70012", HttpStatusCode.BadRequest, "IncompleteBody")]
    [InlineData("0", HttpStatusCode.BadRequest, "IncompleteBody")]
    [InlineData("9223372036854775807", HttpStatusCode.BadRequest, "IncompleteBody")]
    public async Task Put_DecodedLengthOtherThanTheBody_IsRefusedAndStoresNothing(
        string length, HttpStatusCode status, string code)
    {
        (await scene.S3Async(HttpMethod.Put, "/truncated")).Ok();
        var files = LakeFiles.Of(scene);
        var chunks = SentChunks.Put(scene, SentChunks.UnsignedTrailer, "/truncated/decoded", body => body);
        var request = scene.S3Request(
            HttpMethod.Put, "/truncated/decoded", await chunks.Content!.ReadAsByteArrayAsync(),
            "x-amz-decoded-content-length:" + length, "x-amz-trailer:x-amz-checksum-crc32c");
        scene.Signer.Sign(request, "s3", SentChunks.UnsignedTrailer);

        (await scene.SendAsync(request)).MustBeS3Error(status, code, "/truncated/decoded");

        files.MustBeSame();
    }

    [Fact]
    public async Task Put_WithoutAnyLength_IsRefusedAndStoresNothing()
    {
        (await scene.S3Async(HttpMethod.Put, "/truncated")).Ok();
        var files = LakeFiles.Of(scene);
        var text = scene.Signer.Text("PUT", "/truncated/endless", "localhost")
            .Replace("Content-Length: 0", "Transfer-Encoding: chunked", StringComparison.Ordinal);
        using var connection = await RawConnection.OpenAsync(scene.Address);

        await connection.SendAsync(text + "5\r\nhello\r\n0\r\n\r\n");
        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 411", answer);
        Assert.Contains("<Code>MissingContentLength</Code>", answer);
        files.MustBeSame();
    }

    private static void End(RawConnection connection, bool isCut)
    {
        if (isCut)
        {
            connection.Cut();
        }
        else
        {
            connection.EndSending();
        }
    }
}
