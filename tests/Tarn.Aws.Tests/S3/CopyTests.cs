using System.Net;
using System.Text;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

public sealed class CopyTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string ETag = "\"5eb63bbbe01eeed093cb22bb8f5acdc3\"";
    private const string Source = "copies/a%20%2B%C3%BC/source";
    private const string Old = "Thu, 01 Jan 2015 00:00:00 GMT";

    private static readonly byte[] Hello = Encoding.ASCII.GetBytes("hello world");

    [Theory]
    [InlineData("/copies/a%20%2B%C3%BC/source")]
    [InlineData("copies/a%20%2B%c3%bc/source")]
    public async Task Copy_PlainOrWithLeadingSlash_HasBytesAndAttributesOfTheSource(string source)
    {
        await SourceAsync();

        var result = (await CopyAsync("target", source)).Ok().Xml;
        var got = (await scene.S3Async(HttpMethod.Get, "/copies/target", null, "x-amz-checksum-mode:ENABLED")).Ok();

        Assert.Equal(("CopyObjectResult", ETag), (result.Name, result.Element("ETag")!.Value));
        Assert.Equal("DUoRhQ==", result.Element("ChecksumCRC32")!.Value);
        Assert.Equal(Hello, got.Body);
        Assert.Equal(
            ("text/plain", "blue", "1", "DUoRhQ=="),
            (got.Header("Content-Type"), got.Header("x-amz-meta-colour"), got.Header("x-amz-tagging-count"),
                got.Header("x-amz-checksum-crc32")));
    }

    [Fact]
    public async Task Copy_WithDirectives_TakesWhatTheyReplaceFromTheRequest()
    {
        await SourceAsync();

        (await CopyAsync(
            "replaced", Source, "x-amz-metadata-directive:REPLACE", "Content-Type:text/csv", "x-amz-meta-size:small"))
            .Ok();
        (await CopyAsync("retagged", Source, "x-amz-tagging-directive:REPLACE", "x-amz-tagging:x=1&y=2")).Ok();
        var replaced = (await scene.S3Async(HttpMethod.Head, "/copies/replaced")).Ok();
        var retagged = (await scene.S3Async(HttpMethod.Head, "/copies/retagged")).Ok();

        Assert.Equal(
            ("text/csv", null, "small", "1"),
            (replaced.Header("Content-Type"), replaced.Header("x-amz-meta-colour"),
                replaced.Header("x-amz-meta-size"), replaced.Header("x-amz-tagging-count")));
        Assert.Equal(
            ("blue", "2"), (retagged.Header("x-amz-meta-colour"), retagged.Header("x-amz-tagging-count")));
    }

    [Fact]
    public async Task Copy_ToItself_OnlyWithChanges()
    {
        await SourceAsync();

        (await CopyAsync("a%20%2B%C3%BC/source", Source)).MustFail(HttpStatusCode.BadRequest, "InvalidRequest");
        (await CopyAsync("a%20%2B%C3%BC/source", Source, "x-amz-metadata-directive:REPLACE", "x-amz-meta-new:1"))
            .Ok();

        var head = (await scene.S3Async(HttpMethod.Get, "/copies/a%20%2B%C3%BC/source")).Ok();
        Assert.Equal((null, "1"), (head.Header("x-amz-meta-colour"), head.Header("x-amz-meta-new")));
        Assert.Equal(Hello, head.Body);
    }

    [Theory]
    [InlineData("x-amz-copy-source-if-match:" + ETag, HttpStatusCode.OK)]
    [InlineData("x-amz-copy-source-if-match:\"other\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("x-amz-copy-source-if-none-match:\"other\"", HttpStatusCode.OK)]
    [InlineData("x-amz-copy-source-if-none-match:" + ETag, HttpStatusCode.PreconditionFailed)]
    [InlineData("x-amz-copy-source-if-modified-since:Fri, 01 Jan 2100 00:00:00 GMT", HttpStatusCode.PreconditionFailed)]
    [InlineData("x-amz-copy-source-if-modified-since:" + Old, HttpStatusCode.OK)]
    [InlineData("x-amz-copy-source-if-unmodified-since:" + Old, HttpStatusCode.PreconditionFailed)]
    [InlineData("If-None-Match:*", HttpStatusCode.OK)]
    [InlineData("If-Match:\"other\"", HttpStatusCode.NotFound)]
    public async Task Copy_Conditional_HappensOnlyWhenItHolds(string condition, HttpStatusCode expected)
    {
        await SourceAsync();
        var target = Guid.NewGuid().ToString();

        Assert.Equal(expected, (await CopyAsync(target, Source, condition)).Status);
        Assert.Equal(
            expected == HttpStatusCode.OK ? HttpStatusCode.OK : HttpStatusCode.NotFound,
            (await scene.S3Async(HttpMethod.Head, "/copies/" + target)).Status);
    }

    [Theory]
    [InlineData("copies/absent", "", HttpStatusCode.NotFound, "NoSuchKey")]
    [InlineData("absent-bucket/key", "", HttpStatusCode.NotFound, "NoSuchBucket")]
    [InlineData("copies", "", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("copies/", "", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData(Source + "?versionId=1", "", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData(Source + "?versionId=00000000000070008000000000000000", "", HttpStatusCode.NotFound, "NoSuchVersion")]
    [InlineData("arn:aws:s3:::copies/x", "", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData(Source, "x-amz-copy-source-range:bytes=0-1", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData(Source, "x-amz-metadata-directive:MERGE", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData(Source, "x-amz-tagging:a=b", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData(Source, "x-amz-storage-class:GLACIER", HttpStatusCode.BadRequest, "InvalidStorageClass")]
    [InlineData(Source, "x-amz-checksum-algorithm:SHA256", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData(Source, "x-amz-source-expected-bucket-owner:1", HttpStatusCode.Forbidden, "AccessDenied")]
    public async Task Copy_WhatCannotBeHonoured_IsRefusedAndStoresNothing(
        string source, string header, HttpStatusCode status, string code)
    {
        await SourceAsync();
        var target = Guid.NewGuid().ToString();

        (await CopyAsync(target, source, header.Length == 0 ? [] : [header])).MustFail(status, code);

        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/copies/" + target)).Status);
    }

    [Fact]
    public async Task Copy_ToAnAbsentBucket_IsNoSuchBucket()
    {
        await SourceAsync();

        (await scene.S3Async(HttpMethod.Put, "/absent-bucket/key", [], "x-amz-copy-source:" + Source)).MustFail(
            HttpStatusCode.NotFound, "NoSuchBucket");
    }

    private async Task SourceAsync()
    {
        (await scene.S3Async(HttpMethod.Put, "/copies")).Ok();
        (await scene.S3Async(
            HttpMethod.Put,
            "/" + Source,
            Hello,
            "Content-Type:text/plain",
            "x-amz-meta-colour:blue",
            "x-amz-tagging:a=b",
            "x-amz-checksum-crc32:DUoRhQ=="))
            .Ok();
    }

    private Task<Answer> CopyAsync(string target, string source, params string[] headers) =>
        scene.S3Async(HttpMethod.Put, "/copies/" + target, [], [.. headers, "x-amz-copy-source:" + source]);
}
