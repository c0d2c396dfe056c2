using System.Net;
using System.Text;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

public sealed class PartCopyTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string Source = "x-amz-copy-source:part-copies/source";

    private static readonly byte[] Hello = Encoding.ASCII.GetBytes("hello world");

    [Theory]
    [InlineData("", "hello world")]
    [InlineData("x-amz-copy-source-range:bytes=6-10", "world")]
    public async Task Copy_WholeOrRange_IsThePart(string range, string expected)
    {
        var upload = await CreateAsync();

        var part = (await upload.PutAsync(1, [], range.Length == 0 ? [Source] : [Source, range])).Ok().Xml;
        (await upload.CompleteAsync(
            $"<Part><PartNumber>1</PartNumber><ETag>{part.Element("ETag")!.Value}</ETag></Part>")).Ok();

        Assert.Equal("CopyPartResult", part.Name);
        Assert.Equal(
            Uploads.Checksum("crc64nvme", Encoding.ASCII.GetBytes(expected)),
            part.Element("ChecksumCRC64NVME")!.Value);
        Assert.Equal(expected, (await scene.S3Async(HttpMethod.Get, "/part-copies/target")).Ok().Text);
    }

    [Theory]
    [InlineData("x-amz-copy-source-range:bytes=6-", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("x-amz-copy-source-range:bytes=-5", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("x-amz-copy-source-range:bytes=0-11", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("x-amz-copy-source-if-match:\"other\"", HttpStatusCode.PreconditionFailed, "PreconditionFailed")]
    [InlineData("x-amz-tagging:a=b", HttpStatusCode.NotImplemented, "NotImplemented")]
    public async Task Copy_WhatCannotBeHonoured_IsRefusedAndStoresNothing(
        string header, HttpStatusCode status, string code)
    {
        var upload = await CreateAsync();

        (await upload.PutAsync(1, [], Source, header)).MustFail(status, code);

        Assert.Empty((await upload.ListAsync()).Ok().Xml.Elements("Part"));
    }

    [Fact]
    public async Task Copy_FromWhatIsAbsent_IsRefused()
    {
        var upload = await CreateAsync();

        (await upload.PutAsync(1, [], "x-amz-copy-source:part-copies/absent")).MustFail(
            HttpStatusCode.NotFound, "NoSuchKey");
        _ = await upload.AbortAsync();
        (await upload.PutAsync(1, [], Source)).MustFail(HttpStatusCode.NotFound, "NoSuchUpload");
    }

    private async Task<Uploads> CreateAsync()
    {
        var upload = await Uploads.CreateAsync(scene, "/part-copies/target");
        (await scene.S3Async(HttpMethod.Put, "/part-copies/source", Hello)).Ok();
        return upload;
    }
}
