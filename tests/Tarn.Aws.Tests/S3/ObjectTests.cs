using System.Net;
using System.Text;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

public sealed class ObjectTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private static readonly byte[] Hello = Encoding.ASCII.GetBytes("hello world");

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("a%20dir/%C3%BC%2Bfile%20%281%29~.txt")]
    [InlineData("k//x/y%3Fz%26q%3D1")]
    public async Task PutGetHeadDelete_OneObject_IsThereAndGone(string key)
    {
        var path = await BucketAsync("roundtrip") + key;
        var put = (await scene.S3Async(
            HttpMethod.Put,
            path,
            Hello,
            "Content-Type:text/plain",
            "x-amz-meta-colour:dark blue",
            "Cache-Control:no-store"))
            .Ok();
        Assert.Equal("\"5eb63bbbe01eeed093cb22bb8f5acdc3\"", put.Header("ETag"));

        var got = (await scene.S3Async(HttpMethod.Get, path)).Ok();
        Assert.Equal(Hello, got.Body);
        Assert.Equal(
            ("text/plain", "dark blue", "no-store", "bytes"),
            (got.Header("Content-Type"), got.Header("x-amz-meta-colour"), got.Header("Cache-Control"),
                got.Header("Accept-Ranges")));

        var head = (await scene.S3Async(HttpMethod.Head, path)).Ok();
        Assert.Equal(("11", 0), (head.Header("Content-Length"), head.Body.Length));

        Assert.Equal(HttpStatusCode.NoContent, (await scene.S3Async(HttpMethod.Delete, path)).Status);
        (await scene.S3Async(HttpMethod.Get, path)).MustFail(HttpStatusCode.NotFound, "NoSuchKey");
        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, path)).Status);
    }

    [Theory]
    [InlineData("bytes=0-4", "hello", "bytes 0-4/11")]
    [InlineData("bytes=6-", "world", "bytes 6-10/11")]
    [InlineData("bytes=-3", "rld", "bytes 8-10/11")]
    [InlineData("bytes=-99", "hello world", "bytes 0-10/11")]
    [InlineData("bytes=6-999", "world", "bytes 6-10/11")]
    public async Task Get_Range_GivesThatPart(string range, string expected, string contentRange)
    {
        var path = await ObjectAsync("ranges");

        var got = await scene.S3Async(HttpMethod.Get, path, null, "Range:" + range);
        var head = await scene.S3Async(HttpMethod.Head, path, null, "Range:" + range);

        Assert.Equal(
            (HttpStatusCode.PartialContent, expected, contentRange), (
                got.Status, got.Text, got.Header("Content-Range")));
        Assert.Equal(
            (HttpStatusCode.PartialContent, contentRange, expected.Length.ToString()),
            (head.Status, head.Header("Content-Range"), head.Header("Content-Length")));
    }

    [Theory]
    [InlineData("bytes=11-")]
    [InlineData("bytes=-0")]
    public async Task Get_RangeOutside_IsNotSatisfiable(string range)
    {
        var answer = await scene.S3Async(HttpMethod.Get, await ObjectAsync("outside"), null, "Range:" + range);

        answer.MustFail(HttpStatusCode.RequestedRangeNotSatisfiable, "InvalidRange");
        Assert.Equal("bytes */11", answer.Header("Content-Range"));
    }

    [Theory]
    [InlineData("If-Match:\"5eb63bbbe01eeed093cb22bb8f5acdc3\"", HttpStatusCode.OK)]
    [InlineData("If-Match:\"other\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("If-None-Match:\"5eb63bbbe01eeed093cb22bb8f5acdc3\"", HttpStatusCode.NotModified)]
    [InlineData("If-None-Match:\"other\"", HttpStatusCode.OK)]
    [InlineData("If-Modified-Since:Fri, 01 Jan 2100 00:00:00 GMT", HttpStatusCode.NotModified)]
    [InlineData("If-Modified-Since:Thu, 01 Jan 2015 00:00:00 GMT", HttpStatusCode.OK)]
    [InlineData("If-Unmodified-Since:Thu, 01 Jan 2015 00:00:00 GMT", HttpStatusCode.PreconditionFailed)]
    [InlineData("If-Unmodified-Since:Fri, 01 Jan 2100 00:00:00 GMT", HttpStatusCode.OK)]
    public async Task Get_Conditional_HonoursTheCondition(string header, HttpStatusCode expected)
    {
        var path = await ObjectAsync("conditions");

        Assert.Equal(expected, (await scene.S3Async(HttpMethod.Get, path, null, header)).Status);
        Assert.Equal(expected, (await scene.S3Async(HttpMethod.Head, path, null, header)).Status);
    }

    [Fact]
    public async Task Put_WithoutChecksum_KeepsCrc64Nvme()
    {
        var path = await ObjectAsync("default-checksum");

        var got = (await scene.S3Async(HttpMethod.Get, path, null, "x-amz-checksum-mode:ENABLED")).Ok();
        var part = (await scene.S3Async(
            HttpMethod.Get, path, null, "x-amz-checksum-mode:ENABLED", "Range:bytes=0-1")).Ok();

        Assert.Equal(
            ("jSnVw/bqjr4=", "FULL_OBJECT"), (
                got.Header("x-amz-checksum-crc64nvme"), got.Header("x-amz-checksum-type")));
        Assert.Null(part.Header("x-amz-checksum-crc64nvme"));
    }

    [Fact]
    public async Task Put_Conditional_HappensOnceAndOverTheNamedVersionOnly()
    {
        var path = await BucketAsync("put-conditions") + "key";

        (await scene.S3Async(HttpMethod.Put, path, Hello, "If-None-Match:*")).Ok();
        (await scene.S3Async(HttpMethod.Put, path, [1], "If-None-Match:*")).MustFail(
            HttpStatusCode.PreconditionFailed, "PreconditionFailed");
        (await scene.S3Async(HttpMethod.Put, path, [1], "If-Match:\"other\"")).MustFail(
            HttpStatusCode.PreconditionFailed, "PreconditionFailed");
        Assert.Equal(Hello, (await scene.S3Async(HttpMethod.Get, path)).Body);

        (await scene.S3Async(HttpMethod.Put, path, [1], "If-Match:\"5eb63bbbe01eeed093cb22bb8f5acdc3\"")).Ok();
        Assert.Equal([1], (await scene.S3Async(HttpMethod.Get, path)).Body);
    }

    [Theory]
    [InlineData("\"5eb63bbbe01eeed093cb22bb8f5acdc3\"", HttpStatusCode.PartialContent)]
    [InlineData("\"other\"", HttpStatusCode.OK)]
    [InlineData("Thu, 01 Jan 2015 00:00:00 GMT", HttpStatusCode.OK)]
    public async Task Get_IfRange_GivesTheRangeOfThatVersionOnly(string condition, HttpStatusCode expected)
    {
        var path = await ObjectAsync("if-range");

        var got = await scene.S3Async(HttpMethod.Get, path, null, "Range:bytes=0-4", "If-Range:" + condition);

        Assert.Equal((expected, expected == HttpStatusCode.OK ? "hello world" : "hello"), (got.Status, got.Text));
    }

    [Fact]
    public async Task Get_PartNumberOfAWholeObject_IsItsOnlyPart()
    {
        var path = await ObjectAsync("only-part");

        var first = await scene.S3Async(HttpMethod.Get, path + "?partNumber=1");
        var both = await scene.S3Async(HttpMethod.Get, path + "?partNumber=1", null, "Range:bytes=0-1");

        Assert.Equal(
            (HttpStatusCode.PartialContent, "hello world", "bytes 0-10/11", null),
            (first.Status, first.Text, first.Header("Content-Range"), first.Header("x-amz-mp-parts-count")));
        (await scene.S3Async(HttpMethod.Get, path + "?partNumber=2")).MustFail(
            HttpStatusCode.RequestedRangeNotSatisfiable, "InvalidPartNumber");
        (await scene.S3Async(HttpMethod.Get, path + "?partNumber=x")).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgument");
        both.MustFail(HttpStatusCode.BadRequest, "InvalidRequest");
    }

    [Fact]
    public async Task GetAttributes_WhatIsAsked_IsToldAndNothingElse()
    {
        var path = await ObjectAsync("attributes") + "?attributes";

        var all = (await scene.S3Async(
            HttpMethod.Get, path, null, "x-amz-object-attributes:ETag,Checksum,ObjectParts,StorageClass,ObjectSize"))
            .Ok().Xml;
        var one = (await scene.S3Async(HttpMethod.Get, path, null, "x-amz-object-attributes:ObjectSize")).Ok().Xml;

        Assert.Equal(
            ["ETag=5eb63bbbe01eeed093cb22bb8f5acdc3", "Checksum=jSnVw/bqjr4=FULL_OBJECT", "StorageClass=STANDARD",
                "ObjectSize=11"],
            all.Elements().Select(element => $"{element.Name}={element.Value}"));
        Assert.Equal("ObjectSize", Assert.Single(one.Elements()).Name);
        (await scene.S3Async(HttpMethod.Get, path, null, "x-amz-object-attributes:Colour")).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgument");
    }

    [Fact]
    public async Task Get_ResponseOverrides_ReplaceHeaders()
    {
        var path = await ObjectAsync("overrides");

        var got = (await scene.S3Async(HttpMethod.Get, path + "?response-content-type=text%2Fcsv")).Ok();

        Assert.Equal("text/csv", got.Header("Content-Type"));
    }

    [Theory]
    [InlineData("x-amz-server-side-encryption:AES256", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("x-amz-tagging:a=b&a=c", HttpStatusCode.BadRequest, "InvalidTag")]
    [InlineData("x-amz-tagging:a=%01", HttpStatusCode.BadRequest, "InvalidTag")]
    [InlineData("x-amz-tagging:aws:a=b", HttpStatusCode.BadRequest, "InvalidTag")]
    [InlineData("x-amz-tagging:a&b&c&d&e&f&g&h&i&j&k", HttpStatusCode.BadRequest, "BadRequest")]
    [InlineData("If-None-Match:\"e\"", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("If-Match:*", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("If-Match:\"e\"", HttpStatusCode.NotFound, "NoSuchKey")]
    [InlineData("x-amz-website-redirect-location:/x", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("x-amz-storage-class:GLACIER", HttpStatusCode.BadRequest, "InvalidStorageClass")]
    [InlineData("x-amz-acl:public-read", HttpStatusCode.BadRequest, "AccessControlListNotSupported")]
    [InlineData("x-amz-expected-bucket-owner:111111111111", HttpStatusCode.Forbidden, "AccessDenied")]
    [InlineData("x-amz-checksum-crc32:AAAAAA==", HttpStatusCode.BadRequest, "BadDigest")]
    [InlineData("x-amz-checksum-md4:AAAAAA==", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("Content-MD5:XrY7u+Ae7tCTyyK7j1rNwg==", HttpStatusCode.BadRequest, "BadDigest")]
    [InlineData("Content-MD5:nonsense", HttpStatusCode.BadRequest, "InvalidDigest")]
    public async Task Put_WhatCannotBeHonoured_IsRefusedAndStoresNothing(
        string header, HttpStatusCode status, string code)
    {
        var path = await BucketAsync("refused") + Guid.NewGuid();

        (await scene.S3Async(HttpMethod.Put, path, Hello, header)).MustFail(status, code);

        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Get, path)).Status);
    }

    [Fact]
    public async Task Put_BodyOtherThanSigned_IsRefusedAndStoresNothing()
    {
        var path = await BucketAsync("tampered") + "key";
        var request = scene.S3Request(HttpMethod.Put, path, Hello);
        scene.Signer.Sign(request, "s3", Signer.Hash(Encoding.ASCII.GetBytes("hello w0rld")));

        (await scene.SendAsync(request)).MustFail(HttpStatusCode.BadRequest, "XAmzContentSHA256Mismatch");
        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Get, path)).Status);
    }

    [Fact]
    public async Task Put_WithChecksum_IsVerifiedAndToldAgain()
    {
        var path = await BucketAsync("checksums") + "key";

        var put = (await scene.S3Async(HttpMethod.Put, path, Hello, "x-amz-checksum-crc32:DUoRhQ==")).Ok();
        var got = (await scene.S3Async(HttpMethod.Get, path, null, "x-amz-checksum-mode:ENABLED")).Ok();
        var plain = (await scene.S3Async(HttpMethod.Get, path)).Ok();

        Assert.Equal("DUoRhQ==", put.Header("x-amz-checksum-crc32"));
        Assert.Equal("DUoRhQ==", got.Header("x-amz-checksum-crc32"));
        Assert.Null(plain.Header("x-amz-checksum-crc32"));
    }

    [Theory]
    [InlineData("PUT", "?acl", "PutObjectAcl")]
    [InlineData("GET", "?legal-hold", "GetObjectLegalHold")]
    [InlineData("PUT", "?retention", "PutObjectRetention")]
    [InlineData("PUT", "?versionId=1", "versionId")]
    public async Task OperationOrParameterThatIsNotThere_IsNamed(string method, string query, string name) =>
        (await scene.S3Async(new HttpMethod(method), await ObjectAsync("named") + query)).MustFail(
            HttpStatusCode.NotImplemented, "NotImplemented", name);

    private async Task<string> BucketAsync(string bucket)
    {
        (await scene.S3Async(HttpMethod.Put, $"/{bucket}-objects")).Ok();
        return $"/{bucket}-objects/";
    }

    private async Task<string> ObjectAsync(string bucket)
    {
        var path = await BucketAsync(bucket) + "key";
        (await scene.S3Async(HttpMethod.Put, path, Hello)).Ok();
        return path;
    }
}
