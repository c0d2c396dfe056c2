using System.Net;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

public sealed class MultipartRefusalTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private static readonly byte[] Small = Uploads.Bytes(10, 1);

    [Theory]
    [InlineData("x-amz-checksum-algorithm:MD4", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("x-amz-checksum-type:COMPOSITE", HttpStatusCode.BadRequest, "InvalidRequest")]
    [InlineData("x-amz-storage-class:GLACIER", HttpStatusCode.BadRequest, "InvalidStorageClass")]
    [InlineData("x-amz-server-side-encryption:AES256", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("x-amz-object-lock-mode:GOVERNANCE", HttpStatusCode.NotImplemented, "NotImplemented")]
    public async Task Create_WhatCannotBeHonoured_IsRefused(string header, HttpStatusCode status, string code)
    {
        (await scene.S3Async(HttpMethod.Put, "/refusals")).Ok();

        (await scene.S3Async(HttpMethod.Post, "/refusals/key?uploads", [], header)).MustFail(status, code);
    }

    [Theory]
    [InlineData("CRC64NVME", "COMPOSITE")]
    [InlineData("SHA256", "FULL_OBJECT")]
    [InlineData("CRC32", "HALF_OBJECT")]
    public async Task Create_ChecksumOfATypeThatItCannotHave_IsRefused(string algorithm, string type)
    {
        (await scene.S3Async(HttpMethod.Put, "/refusals")).Ok();

        (await scene.S3Async(
            HttpMethod.Post, "/refusals/key?uploads", [], "x-amz-checksum-algorithm:" + algorithm,
            "x-amz-checksum-type:" + type)).MustFail(HttpStatusCode.BadRequest, "InvalidRequest");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("one")]
    public async Task Put_PartNumberOutside_IsRefused(string number)
    {
        var upload = await Uploads.CreateAsync(scene, "/refusals/numbers");

        (await scene.S3Async(HttpMethod.Put, $"/refusals/numbers?partNumber={number}&uploadId={upload.Id}", Small))
            .MustFail(HttpStatusCode.BadRequest, "InvalidArgument");
    }

    [Theory]
    [InlineData("", "InvalidRequest")]
    [InlineData("x-amz-checksum-crc32:AAAAAA==", "InvalidRequest")]
    [InlineData("x-amz-checksum-sha256:AAAA", "BadDigest")]
    public async Task Put_PartWithoutTheUploadsChecksum_IsRefusedAndStoresNothing(string header, string code)
    {
        var upload = await Uploads.CreateAsync(scene, "/refusals/checked", "x-amz-checksum-algorithm:SHA256");

        (await upload.PutAsync(1, Small, header.Length == 0 ? [] : [header])).MustFail(HttpStatusCode.BadRequest, code);

        Assert.Empty((await upload.ListAsync()).Ok().Xml.Elements("Part"));
    }

    [Theory]
    [InlineData("", "MalformedXML")]
    [InlineData("<Part/>", "MalformedXML")]
    [InlineData("<Part><PartNumber>1</PartNumber></Part>", "MalformedXML")]
    [InlineData("<Part><PartNumber>0</PartNumber><ETag>e</ETag></Part>", "InvalidArgument")]
    [InlineData("<Part><PartNumber>1</PartNumber><ETag>e</ETag></Part>", "InvalidPart")]
    [InlineData("<Part><PartNumber>3</PartNumber><ETag>e</ETag></Part>", "InvalidPart")]
    [InlineData("<Part><PartNumber>1</PartNumber><ETag>e</ETag><Size>1</Size></Part>", "NotImplemented")]
    [InlineData("<Part><PartNumber>1</PartNumber><ETag>e</ETag><ChecksumMD4>1</ChecksumMD4></Part>", "InvalidRequest")]
    [InlineData("{2}{1}", "InvalidPartOrder")]
    [InlineData("{1}{2}", "EntityTooSmall")]
    public async Task Complete_WhatTheUploadIsNot_IsRefusedAndKeepsTheUpload(string template, string code)
    {
        var upload = await Uploads.CreateAsync(scene, "/refusals/incomplete");
        var parts = template
            .Replace("{1}", await upload.PartAsync(1, Small), StringComparison.Ordinal)
            .Replace("{2}", await upload.PartAsync(2, Small), StringComparison.Ordinal);

        Assert.Equal(code, (await upload.CompleteAsync(parts)).Code);

        Assert.Equal(2, (await upload.ListAsync()).Ok().Xml.Elements("Part").Count());
        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/refusals/incomplete")).Status);
    }

    [Theory]
    [InlineData("x-amz-mp-object-size:11", "InvalidRequest")]
    [InlineData("x-amz-checksum-sha1:AAAA", "InvalidRequest")]
    [InlineData("x-amz-checksum-type:COMPOSITE", "InvalidRequest")]
    [InlineData("If-None-Match:\"e\"", "NotImplemented")]
    public async Task Complete_StatedOtherwise_IsRefused(string header, string code)
    {
        var upload = await Uploads.CreateAsync(scene, "/refusals/stated");
        var part = await upload.PartAsync(1, Small);

        Assert.Equal(code, (await upload.CompleteAsync(part, header)).Code);

        (await upload.CompleteAsync(part, "x-amz-mp-object-size:10", "x-amz-checksum-type:FULL_OBJECT")).Ok();
    }

    [Fact]
    public async Task Complete_CompositeWithoutAPartsChecksum_IsRefused()
    {
        var upload = await Uploads.CreateAsync(scene, "/refusals/composite", "x-amz-checksum-algorithm:CRC32");
        var part = await upload.PartAsync(1, Small, "CRC32");

        (await upload.CompleteAsync(part[..part.IndexOf("<Checksum", StringComparison.Ordinal)] + "</Part>"))
            .MustFail(HttpStatusCode.BadRequest, "InvalidRequest", "part 1");
    }

    [Theory]
    [InlineData(10_000, "InvalidPart")]
    [InlineData(10_001, "MalformedXML")]
    public async Task Complete_PartsThatAreTooManyOrNotThere_IsRefusedAndKeepsTheUpload(int count, string code)
    {
        var upload = await Uploads.CreateAsync(scene, "/refusals/many");
        var first = await upload.PartAsync(1, Small);
        var files = LakeFiles.Of(scene);
        var parts = Enumerable.Range(2, count - 1).Select(number =>
            $"<Part><PartNumber>{Math.Min(number, 10_000)}</PartNumber><ETag>{Signer.Hash([])[..32]}</ETag></Part>");

        (await upload.CompleteAsync(first + string.Concat(parts)))
            .MustBeS3Error(HttpStatusCode.BadRequest, code, "/refusals/many");

        files.MustBeSame();
        Assert.Single((await upload.ListAsync()).Ok().Xml.Elements("Part"));
        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/refusals/many")).Status);
    }

    [Fact]
    public async Task Complete_APartTwice_IsInvalidPartOrder()
    {
        var upload = await Uploads.CreateAsync(scene, "/refusals/twice");
        var part = await upload.PartAsync(10_000, Small);

        (await upload.CompleteAsync(part + part))
            .MustBeS3Error(HttpStatusCode.BadRequest, "InvalidPartOrder", "/refusals/twice");

        (await upload.CompleteAsync(part)).Ok();
    }

    [Theory]
    [InlineData("Content-MD5:XrY7u+Ae7tCTyyK7j1rNwg==", "BadDigest")]
    [InlineData("Content-MD5:nonsense", "InvalidDigest")]
    [InlineData("x-amz-checksum-crc32:AAAAAA==", "BadDigest")]
    public async Task Put_PartOtherThanItsDigest_IsRefusedAndStoresNothing(string header, string code)
    {
        var upload = await Uploads.CreateAsync(scene, "/refusals/digest");
        var files = LakeFiles.Of(scene);

        (await upload.PutAsync(1, Small, header))
            .MustBeS3Error(HttpStatusCode.BadRequest, code, "/refusals/digest");

        files.MustBeSame();
        Assert.Empty((await upload.ListAsync()).Ok().Xml.Elements("Part"));
    }

    [Fact]
    public async Task Create_InAnAbsentBucket_IsNoSuchBucket()
    {
        (await scene.S3Async(HttpMethod.Post, "/absent-bucket/key?uploads")).MustFail(
            HttpStatusCode.NotFound, "NoSuchBucket");
        (await scene.S3Async(HttpMethod.Get, "/absent-bucket?uploads")).MustFail(
            HttpStatusCode.NotFound, "NoSuchBucket");
    }
}
