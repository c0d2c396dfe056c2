using System.Net;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

public sealed class MultipartTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const int Min = Uploads.PartBytesMin;

    private static readonly byte[] First = Uploads.Bytes(Min, 1);
    private static readonly byte[] Second = Uploads.Bytes(1000, 2);

    [Fact]
    public async Task CreatePutComplete_TwoParts_IsOneObjectWithItsAttributes()
    {
        var upload = await Uploads.CreateAsync(
            scene, "/parts/whole", "Content-Type:text/plain", "x-amz-meta-colour:blue", "x-amz-tagging:a=b");
        var parts = await upload.PartAsync(1, First) + await upload.PartAsync(2, Second);
        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/parts/whole")).Status);

        var done = (await upload.CompleteAsync(parts)).Ok().Xml;
        var got = (await scene.S3Async(HttpMethod.Get, "/parts/whole", null, "x-amz-checksum-mode:ENABLED")).Ok();

        Assert.Equal("CompleteMultipartUploadResult", done.Name);
        Assert.EndsWith("/parts/whole", done.Element("Location")!.Value);
        Assert.EndsWith("-2\"", done.Element("ETag")!.Value);
        Assert.Equal(done.Element("ETag")!.Value, got.Header("ETag"));
        Assert.Equal([.. First, .. Second], got.Body);
        Assert.Equal(
            ("text/plain", "blue", "1"),
            (got.Header("Content-Type"), got.Header("x-amz-meta-colour"), got.Header("x-amz-tagging-count")));
        Assert.Equal(
            (Uploads.Checksum("crc64nvme", First, Second), "FULL_OBJECT"),
            (got.Header("x-amz-checksum-crc64nvme"), got.Header("x-amz-checksum-type")));
        Assert.Equal(
            done.Element("ETag")!.Value, (await upload.CompleteAsync(parts)).Ok().Xml.Element("ETag")!.Value);
        (await upload.PutAsync(1, Second)).MustFail(HttpStatusCode.NotFound, "NoSuchUpload");
    }

    [Theory]
    [InlineData("CRC32", "COMPOSITE")]
    [InlineData("CRC32C", "FULL_OBJECT")]
    [InlineData("SHA256", "COMPOSITE")]
    public async Task Complete_WithChecksums_KeepsThatOfTheObject(string algorithm, string type)
    {
        var name = algorithm.ToLowerInvariant();
        var upload = await Uploads.CreateAsync(
            scene, "/parts/" + name, "x-amz-checksum-algorithm:" + algorithm, "x-amz-checksum-type:" + type);
        var parts = await upload.PartAsync(1, First, algorithm) + await upload.PartAsync(2, Second, algorithm);
        var values = new[] { Uploads.Checksum(name, First), Uploads.Checksum(name, Second) };
        var expected = type == "COMPOSITE"
            ? Uploads.Checksum(name, [.. values.Select(Convert.FromBase64String)]) + "-2"
            : Uploads.Checksum(name, First, Second);

        (await upload.CompleteAsync(parts, $"x-amz-checksum-{name}:AAAA")).MustFail(
            HttpStatusCode.BadRequest, "BadDigest");
        var done = (await upload.CompleteAsync(
            parts, $"x-amz-checksum-{name}:{expected}", $"x-amz-checksum-type:{type}")).Ok().Xml;
        var head = (await scene.S3Async(HttpMethod.Head, "/parts/" + name, null, "x-amz-checksum-mode:ENABLED")).Ok();
        var part = (await scene.S3Async(
            HttpMethod.Head, $"/parts/{name}?partNumber=2", null, "x-amz-checksum-mode:ENABLED")).Ok();

        Assert.Equal(expected, done.Element("Checksum" + algorithm)!.Value);
        Assert.Equal(
            (expected, type), (head.Header("x-amz-checksum-" + name), head.Header("x-amz-checksum-type")));
        Assert.Equal(values[1], part.Header("x-amz-checksum-" + name));
    }

    [Fact]
    public async Task Get_PartNumber_GivesThatPart()
    {
        var upload = await Uploads.CreateAsync(scene, "/parts/numbered");
        (await upload.CompleteAsync(await upload.PartAsync(3, First) + await upload.PartAsync(7, Second))).Ok();

        var second = await scene.S3Async(HttpMethod.Get, "/parts/numbered?partNumber=2");
        var attributes = (await scene.S3Async(
            HttpMethod.Get, "/parts/numbered?attributes", null, "x-amz-object-attributes:ObjectParts",
            "x-amz-max-parts:1", "x-amz-part-number-marker:1")).Ok().Xml.Element("ObjectParts")!;

        Assert.Equal(
            (HttpStatusCode.PartialContent, $"bytes {Min}-{Min + 999}/{Min + 1000}", "2"),
            (second.Status, second.Header("Content-Range"), second.Header("x-amz-mp-parts-count")));
        Assert.Equal(Second, second.Body);
        (await scene.S3Async(HttpMethod.Get, "/parts/numbered?partNumber=3")).MustFail(
            HttpStatusCode.RequestedRangeNotSatisfiable, "InvalidPartNumber");
        Assert.Equal(
            ["PartsCount=2", "PartNumberMarker=1", "NextPartNumberMarker=2", "MaxParts=1", "IsTruncated=false"],
            attributes.Elements().Take(5).Select(element => $"{element.Name}={element.Value}"));
        Assert.Equal("1000", Assert.Single(attributes.Elements("Part")).Element("Size")!.Value);
    }

    [Fact]
    public async Task List_PartsInPages_GivesEachOnce()
    {
        var upload = await Uploads.CreateAsync(scene, "/parts/listed");
        foreach (var number in (int[])[4, 2, 9])
        {
            (await upload.PutAsync(number, Second)).Ok();
        }

        var page = (await upload.ListAsync("max-parts=2&")).Ok().Xml;
        var rest = (await upload.ListAsync("max-parts=2&part-number-marker=4&")).Ok().Xml;

        Assert.Equal(["2", "4"], page.Elements("Part").Select(part => part.Element("PartNumber")!.Value));
        Assert.Equal(("true", "4"), (page.Element("IsTruncated")!.Value, page.Element("NextPartNumberMarker")!.Value));
        Assert.Equal(["9"], rest.Elements("Part").Select(part => part.Element("PartNumber")!.Value));
        Assert.Equal(
            ("false", "CRC64NVME", "1000"),
            (rest.Element("IsTruncated")!.Value, rest.Element("ChecksumAlgorithm")!.Value,
                rest.Element("Part")!.Element("Size")!.Value));
        (await upload.ListAsync("max-parts=x&")).MustFail(HttpStatusCode.BadRequest, "InvalidArgument");
    }

    [Fact]
    public async Task List_UploadsOfABucket_InPagesAndUnderADelimiter()
    {
        foreach (var key in (string[])["a/1", "a/2", "b", "c%20d"])
        {
            _ = await Uploads.CreateAsync(scene, "/uploading/" + key);
        }

        var page = (await scene.S3Async(HttpMethod.Get, "/uploading?max-uploads=2&uploads")).Ok().Xml;
        var rest = (await scene.S3Async(
            HttpMethod.Get,
            "/uploading?encoding-type=url&key-marker=" + Uri.EscapeDataString(page.Element("NextKeyMarker")!.Value)
            + "&upload-id-marker=" + page.Element("NextUploadIdMarker")!.Value + "&uploads")).Ok().Xml;
        var folded = (await scene.S3Async(HttpMethod.Get, "/uploading?delimiter=%2F&uploads")).Ok().Xml;

        Assert.Equal(
            ["a/1", "a/2", "true"], [.. Keys(page), page.Element("IsTruncated")!.Value]);
        Assert.Equal(["b", "c%20d", "false"], [.. Keys(rest), rest.Element("IsTruncated")!.Value]);
        Assert.Equal(["b", "c d"], Keys(folded));
        Assert.Equal(["a/"], folded.Elements("CommonPrefixes").Select(prefix => prefix.Value));
    }

    [Fact]
    public async Task Abort_ForgetsUploadAndParts()
    {
        var upload = await Uploads.CreateAsync(scene, "/parts/aborted");
        var parts = await upload.PartAsync(1, Second);

        Assert.Equal(HttpStatusCode.NoContent, (await upload.AbortAsync()).Status);

        (await upload.AbortAsync()).MustFail(HttpStatusCode.NotFound, "NoSuchUpload");
        (await upload.ListAsync()).MustFail(HttpStatusCode.NotFound, "NoSuchUpload");
        (await upload.PutAsync(1, Second)).MustFail(HttpStatusCode.NotFound, "NoSuchUpload");
        (await upload.CompleteAsync(parts)).MustFail(HttpStatusCode.NotFound, "NoSuchUpload");
        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/parts/aborted")).Status);
    }

    [Fact]
    public async Task Complete_Conditional_HappensOnlyWhenItHolds()
    {
        var upload = await Uploads.CreateAsync(scene, "/parts/conditional");
        var parts = await upload.PartAsync(1, Second);

        (await upload.CompleteAsync(parts, "If-Match:\"other\"")).MustFail(HttpStatusCode.NotFound, "NoSuchKey");
        (await scene.S3Async(HttpMethod.Put, "/parts/conditional", [1])).Ok();
        (await upload.CompleteAsync(parts, "If-None-Match:*")).MustFail(
            HttpStatusCode.PreconditionFailed, "PreconditionFailed");
        Assert.Equal([1], (await scene.S3Async(HttpMethod.Get, "/parts/conditional")).Body);

        (await upload.CompleteAsync(parts, "If-Match:\"55a54008ad1ba589aa210d2629c1df41\"")).Ok();
        Assert.Equal(Second, (await scene.S3Async(HttpMethod.Get, "/parts/conditional")).Body);
    }

    private static IEnumerable<string> Keys(System.Xml.Linq.XElement page) =>
        page.Elements("Upload").Select(upload => upload.Element("Key")!.Value);
}
