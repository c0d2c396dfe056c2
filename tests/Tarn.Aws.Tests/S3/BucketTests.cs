using System.Net;
using System.Text;
using System.Xml.Linq;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

public sealed class BucketTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task CreateHeadListDelete_OneBucket_IsThereAndGone()
    {
        (await scene.S3Async(HttpMethod.Put, "/one-bucket")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/one-bucket")).Ok();
        Assert.Equal(
            "us-east-1", (await scene.S3Async(HttpMethod.Head, "/one-bucket")).Ok().Header("x-amz-bucket-region"));
        Assert.Equal("", (await scene.S3Async(HttpMethod.Get, "/one-bucket?location")).Ok().Xml.Value);
        var listed = (await scene.S3Async(HttpMethod.Get, "/")).Ok().Xml;
        Assert.Contains("one-bucket", listed.Descendants("Name").Select(name => name.Value));

        Assert.Equal(HttpStatusCode.NoContent, (await scene.S3Async(HttpMethod.Delete, "/one-bucket")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/one-bucket")).Status);
        (await scene.S3Async(HttpMethod.Get, "/one-bucket?list-type=2")).MustFail(
            HttpStatusCode.NotFound, "NoSuchBucket");
        (await scene.S3Async(HttpMethod.Put, "/one-bucket/key", [1])).MustFail(HttpStatusCode.NotFound, "NoSuchBucket");
    }

    [Fact]
    public async Task Create_LocationOtherThanSignedRegion_IsRefused()
    {
        var body = Encoding.UTF8.GetBytes(
            "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint>"
            + "</CreateBucketConfiguration>");

        (await scene.S3Async(HttpMethod.Put, "/elsewhere", body))
            .MustFail(HttpStatusCode.BadRequest, "IllegalLocationConstraintException");
    }

    [Theory]
    [InlineData("<CreateBucketConfiguration>")]
    [InlineData("<Other/>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><CreateBucketConfiguration>&a;</CreateBucketConfiguration>")]
    [InlineData("not xml")]
    public async Task Create_HostileXml_IsMalformed(string body)
    {
        (await scene.S3Async(HttpMethod.Put, "/hostile", Encoding.UTF8.GetBytes(body)))
            .MustFail(HttpStatusCode.BadRequest, "MalformedXML");
        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/hostile")).Status);
    }

    [Fact]
    public async Task Delete_BucketWithObjects_IsNotEmpty()
    {
        await FillAsync("full-bucket", "key");

        (await scene.S3Async(HttpMethod.Delete, "/full-bucket")).MustFail(HttpStatusCode.Conflict, "BucketNotEmpty");
    }

    [Fact]
    public async Task ListV2_InPages_GivesEachKeyOnceInOrder()
    {
        var keys = Enumerable.Range(0, 25).Select(i => $"k{i:D2}").ToArray();
        await FillAsync("paged-bucket", keys);

        var found = new List<string>();
        string? token = null;
        do
        {
            var more = token is null ? "" : "&continuation-token=" + Uri.EscapeDataString(token);
            var page = (await scene.S3Async(HttpMethod.Get, "/paged-bucket?list-type=2&max-keys=7" + more)).Ok().Xml;
            found.AddRange(Keys(page));
            token = page.Element("NextContinuationToken")?.Value;
            Assert.Equal(token is not null ? "true" : "false", page.Element("IsTruncated")!.Value);
        }
        while (token is not null);

        Assert.Equal(keys, found);
    }

    [Fact]
    public async Task ListV2_PrefixDelimiterStartAfter_FoldsAndSkips()
    {
        await FillAsync("folded-bucket", "a/1", "a/2", "b", "c/1", "d%20e");

        var folded = (await scene.S3Async(HttpMethod.Get, "/folded-bucket?delimiter=%2F&list-type=2")).Ok().Xml;
        var prefixed = (await scene.S3Async(HttpMethod.Get, "/folded-bucket?list-type=2&prefix=a%2F&start-after=a%2F1"))
            .Ok().Xml;
        var encoded = (
            await scene.S3Async(HttpMethod.Get, "/folded-bucket?encoding-type=url&list-type=2&prefix=d")).Ok().Xml;

        Assert.Equal(["b", "d e"], Keys(folded));
        Assert.Equal(["a/", "c/"], folded.Elements("CommonPrefixes").Select(prefix => prefix.Value));
        Assert.Equal("4", folded.Element("KeyCount")!.Value);
        Assert.Equal(["a/2"], Keys(prefixed));
        Assert.Equal(["d%20e"], Keys(encoded));
    }

    [Fact]
    public async Task ListV1_WithMarker_ReadsOn()
    {
        await FillAsync("marked-bucket", "a", "b", "c");

        var page = (await scene.S3Async(HttpMethod.Get, "/marked-bucket?marker=a&max-keys=1")).Ok().Xml;

        Assert.Equal(["b"], Keys(page));
        Assert.Equal("true", page.Element("IsTruncated")!.Value);
    }

    [Fact]
    public async Task DeleteObjects_SomeAbsent_ReportsAllAsDeleted()
    {
        await FillAsync("swept-bucket", "a", "b");
        var body = Encoding.UTF8.GetBytes(
            "<Delete><Object><Key>a</Key></Object><Object><Key>absent</Key></Object></Delete>");
        var checksum = "x-amz-checksum-sha256:" + Convert.ToBase64String(Convert.FromHexString(Signer.Hash(body)));

        var answer = (
            await scene.S3Async(HttpMethod.Post, "/swept-bucket?delete", body, checksum)).Ok().Xml;

        Assert.Equal(["a", "absent"], answer.Descendants("Key").Select(key => key.Value));
        Assert.Equal(["b"], Keys((await scene.S3Async(HttpMethod.Get, "/swept-bucket?list-type=2")).Ok().Xml));
    }

    [Fact]
    public async Task DeleteObjects_Quiet_ReportsFailuresOnly()
    {
        await FillAsync("quiet-bucket", "a");
        var longKey = new string('k', 1025);

        var answer = (await SweepAsync(
            "quiet-bucket",
            $"<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object><Object><Key>{longKey}</Key></Object></Delete>"))
            .Ok().Xml;

        var error = Assert.Single(answer.Elements());
        Assert.Equal(("Error", longKey), (error.Name, error.Element("Key")!.Value));
        Assert.Equal("KeyTooLongError", error.Element("Code")!.Value);
    }

    [Theory]
    [InlineData("<Delete/>", "MalformedXML")]
    [InlineData("<Delete><Object/></Delete>", "MalformedXML")]
    [InlineData("<Delete><Object><Key/></Object></Delete>", "MalformedXML")]
    [InlineData("<Delete><Quiet>perhaps</Quiet><Object><Key>a</Key></Object></Delete>", "MalformedXML")]
    [InlineData("<Delete><Object><Key>a</Key><ETag>1</ETag></Object></Delete>", "NotImplemented")]
    [InlineData("<Delete><Bypass/><Object><Key>a</Key></Object></Delete>", "NotImplemented")]
    public async Task DeleteObjects_WhatCannotBeHonoured_IsRefusedAndDeletesNothing(string body, string code)
    {
        await FillAsync("kept-bucket", "a");

        Assert.Equal(code, (await SweepAsync("kept-bucket", body)).Code);

        (await scene.S3Async(HttpMethod.Head, "/kept-bucket/a")).Ok();
    }

    [Fact]
    public async Task DeleteObjects_ThousandAndOneKeysOrNoDigest_IsRefused()
    {
        await FillAsync("many-bucket", "k0");
        var keys = string.Concat(Enumerable.Range(0, 1001).Select(i => $"<Object><Key>k{i}</Key></Object>"));
        var body = Encoding.UTF8.GetBytes("<Delete><Object><Key>k0</Key></Object></Delete>");

        (await SweepAsync("many-bucket", $"<Delete>{keys}</Delete>")).MustFail(
            HttpStatusCode.BadRequest, "MalformedXML", "1001");
        (await scene.S3Async(HttpMethod.Post, "/many-bucket?delete", body)).MustFail(
            HttpStatusCode.BadRequest, "InvalidRequest", "Content-MD5");
        (await scene.S3Async(HttpMethod.Post, "/many-bucket?delete", body, "Content-MD5:XrY7u+Ae7tCTyyK7j1rNww=="))
            .MustFail(HttpStatusCode.BadRequest, "BadDigest");
        (await scene.S3Async(HttpMethod.Head, "/many-bucket/k0")).Ok();
    }

    [Theory]
    [InlineData("encryption", "ServerSideEncryptionConfigurationNotFoundError")]
    [InlineData("replication", "ReplicationConfigurationNotFoundError")]
    [InlineData("website", "NoSuchWebsiteConfiguration")]
    [InlineData("object-lock", "ObjectLockConfigurationNotFoundError")]
    [InlineData("lifecycle", "NoSuchLifecycleConfiguration")]
    public async Task GetSetting_ThatNoBucketHas_IsS3sOwnNotSet(string setting, string code)
    {
        await FillAsync("unset-bucket");

        (await scene.S3Async(HttpMethod.Get, "/unset-bucket?" + setting)).MustFail(HttpStatusCode.NotFound, code);
        (await scene.S3Async(HttpMethod.Get, "/absent-bucket?" + setting)).MustFail(
            HttpStatusCode.NotFound, "NoSuchBucket");
    }

    [Theory]
    [InlineData("versioning", "VersioningConfiguration", "")]
    [InlineData("logging", "BucketLoggingStatus", "")]
    [InlineData("notification", "NotificationConfiguration", "")]
    [InlineData("accelerate", "AccelerateConfiguration", "")]
    [InlineData("requestPayment", "RequestPaymentConfiguration", "BucketOwner")]
    [InlineData("ownershipControls", "OwnershipControls", "BucketOwnerEnforced")]
    [InlineData("acl", "AccessControlPolicy", "000000000000000000000000000000000000000000000000FULL_CONTROL")]
    public async Task GetSetting_NeverSet_IsS3sAnswerForSuchABucket(string setting, string root, string value)
    {
        await FillAsync("unset-bucket");

        var answer = (await scene.S3Async(HttpMethod.Get, "/unset-bucket?" + setting)).Ok().Xml;

        Assert.Equal((root, value), (answer.Name, answer.Value));
    }

    [Theory]
    [InlineData("BucketOwnerEnforced", null)]
    [InlineData("ObjectWriter", "NotImplemented")]
    [InlineData("Nobody", "MalformedXML")]
    public async Task PutOwnership_OtherThanEnforced_IsRefused(string ownership, string? code)
    {
        await FillAsync("owned-bucket");
        var body = Encoding.UTF8.GetBytes(
            $"<OwnershipControls><Rule><ObjectOwnership>{ownership}</ObjectOwnership></Rule></OwnershipControls>");

        var answer = await scene.S3Async(HttpMethod.Put, "/owned-bucket?ownershipControls", body);

        Assert.Equal(code, answer.Body.Length == 0 ? null : answer.Code);
    }

    [Fact]
    public async Task List_MaxKeysZeroAndOwner_AreHonoured()
    {
        await FillAsync("options-bucket", "a");

        var none = (await scene.S3Async(HttpMethod.Get, "/options-bucket?list-type=2&max-keys=0")).Ok().Xml;
        var owned = (await scene.S3Async(HttpMethod.Get, "/options-bucket?fetch-owner=true&list-type=2")).Ok().Xml;
        var plain = (await scene.S3Async(HttpMethod.Get, "/options-bucket?list-type=2")).Ok().Xml;

        Assert.Equal(("0", "false"), (none.Element("KeyCount")!.Value, none.Element("IsTruncated")!.Value));
        Assert.Empty(Keys(none));
        Assert.Single(owned.Descendants("Owner"));
        Assert.Empty(plain.Descendants("Owner"));
        Assert.Equal("CRC64NVME", Assert.Single(plain.Descendants("ChecksumAlgorithm")).Value);
    }

    [Theory]
    [InlineData("continuation-token=%21&list-type=2")]
    [InlineData("continuation-token=&list-type=2")]
    [InlineData("encoding-type=base64&list-type=2")]
    [InlineData("list-type=2&max-keys=-1")]
    [InlineData("list-type=2&max-keys=many")]
    public async Task List_ArgumentThatIsNone_IsInvalid(string query)
    {
        await FillAsync("options-bucket", "a");

        (await scene.S3Async(HttpMethod.Get, "/options-bucket?" + query)).MustFail(
            HttpStatusCode.BadRequest, "InvalidArgument");
    }

    [Theory]
    [InlineData("GET", "/some-bucket?analytics", "ListBucketAnalyticsConfigurations")]
    [InlineData("GET", "/some-bucket?list-type=2&optional=x", "optional")]
    [InlineData("PUT", "/some-bucket?acl", "PutBucketAcl: the owner")]
    [InlineData("PUT", "/some-bucket?encryption", "PutBucketEncryption: objects")]
    [InlineData("PUT", "/some-bucket?replication", "PutBucketReplication")]
    [InlineData("PUT", "/some-bucket?website", "PutBucketWebsite")]
    [InlineData("PUT", "/some-bucket?logging", "PutBucketLogging")]
    public async Task OperationOrParameterThatIsNotThere_IsNamed(string method, string target, string name) =>
        (await scene.S3Async(new HttpMethod(method), target)).MustFail(
            HttpStatusCode.NotImplemented, "NotImplemented", name);

    [Fact]
    public async Task MethodThatNoOperationHas_IsNotAllowed() =>
        (await scene.S3Async(HttpMethod.Patch, "/some-bucket")).MustFail(
            HttpStatusCode.MethodNotAllowed, "MethodNotAllowed");

    [Fact]
    public async Task VirtualHost_BucketInTheHost_IsThatBucket()
    {
        await FillAsync("hosted-bucket", "key");
        var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{scene.Address.Port}/key");
        request.Headers.Host = $"hosted-bucket.localhost:{scene.Address.Port}";
        var signed = new HttpRequestMessage(HttpMethod.Get, $"http://hosted-bucket.localhost:{scene.Address.Port}/key");
        scene.Signer.Sign(signed, "s3", Signer.Hash([]));
        foreach (var header in signed.Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        Assert.Equal([1], (await scene.SendAsync(request)).Ok().Body);
    }

    private static IEnumerable<string> Keys(XElement page) =>
        page.Elements("Contents").Select(entry => entry.Element("Key")!.Value);

    private Task<Answer> SweepAsync(string bucket, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return scene.S3Async(
            HttpMethod.Post,
            $"/{bucket}?delete",
            bytes,
            "x-amz-checksum-sha256:" + Convert.ToBase64String(Convert.FromHexString(Signer.Hash(bytes))));
    }

    private async Task FillAsync(string bucket, params string[] keys)
    {
        (await scene.S3Async(HttpMethod.Put, "/" + bucket)).Ok();
        foreach (var key in keys)
        {
            (await scene.S3Async(HttpMethod.Put, $"/{bucket}/{key}", [1])).Ok();
        }
    }
}
