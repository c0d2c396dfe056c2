using System.Net;
using System.Text;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>The fields of upload forms: which are honoured, which refused by name, and who may send them.</summary>
public sealed class FormFieldTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string Tags = "<Tagging><TagSet><Tag><Key>team</Key><Value>data</Value></Tag></TagSet></Tagging>";

    [Fact]
    public async Task Post_FieldsOfPutObject_AreKept()
    {
        await BucketAsync();

        (await new SentForm(scene).SendSignedAsync(
            "/fields",
            ("key", "kept"),
            ("acl", "private"),
            ("Cache-Control", "no-cache"),
            ("Content-Disposition", "attachment"),
            ("Content-Language", "de"),
            ("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg=="),
            ("x-amz-storage-class", "STANDARD"),
            ("x-amz-checksum-crc32", "NhCmhg=="),
            ("tagging", Tags))).Ok();

        var got = (await scene.S3Async(HttpMethod.Get, "/fields/kept", null, "x-amz-checksum-mode:ENABLED")).Ok();
        Assert.Equal(
            ("no-cache", "attachment", "de", "1", "NhCmhg=="),
            (got.Header("Cache-Control"), got.Header("Content-Disposition"), got.Header("Content-Language"),
                got.Header("x-amz-tagging-count"), got.Header("x-amz-checksum-crc32")));
    }

    [Theory]
    [InlineData("acl", "public-read", HttpStatusCode.BadRequest, "AccessControlListNotSupported")]
    [InlineData("x-amz-storage-class", "GLACIER", HttpStatusCode.BadRequest, "InvalidStorageClass")]
    [InlineData("Content-MD5", "XrY7u+Ae7tCTyyK7j1rNww==", HttpStatusCode.BadRequest, "BadDigest")]
    [InlineData("x-amz-server-side-encryption", "AES256", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("x-amz-website-redirect-location", "/x", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("x-amz-object-lock-mode", "GOVERNANCE", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("x-amz-acl", "private", HttpStatusCode.NotImplemented, "NotImplemented")]
    [InlineData("bucket", "elsewhere", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("tagging", "team=data", HttpStatusCode.BadRequest, "MalformedXML")]
    [InlineData("tagging", "<!DOCTYPE Tagging [<!ENTITY a \"b\">]>" + Tags, HttpStatusCode.BadRequest, "MalformedXML")]
    public async Task Post_FieldThatCannotBeHonoured_IsRefusedAndStoresNothing(
        string name, string value, HttpStatusCode status, string code)
    {
        await BucketAsync();

        (await new SentForm(scene).SendSignedAsync("/fields", ("key", "refused"), (name, value)))
            .MustFail(status, code);

        await MustBeAbsentAsync("refused");
    }

    [Theory]
    [InlineData("x-amz-acl:private")]
    [InlineData("x-amz-meta-a:b")]
    [InlineData("Content-MD5:XUFAKrxLKna5cZ2REBfFkg==")]
    public async Task Post_HeaderInsteadOfAField_IsRefusedByName(string header)
    {
        await BucketAsync();
        var form = new SentForm(scene);
        (string, string)[] fields = [("key", "header")];

        (await form.SendAsync("/fields", form.Signed(fields, form.Policy(fields, null)), "hello", header))
            .MustFail(HttpStatusCode.NotImplemented, "NotImplemented", header.Split(':')[0].ToLowerInvariant());

        await MustBeAbsentAsync("header");
    }

    [Fact]
    public async Task Post_SeveralRanges_AllHold()
    {
        await BucketAsync();
        var form = new SentForm(scene);
        (string, string)[] fields = [("key", "ranges")];
        var policy = form.Policy(
            fields, null, "[\"content-length-range\",0,4]", "[\"content-length-range\",0,9000000000]");

        (await form.SendAsync("/fields", form.Signed(fields, policy)))
            .MustFail(HttpStatusCode.BadRequest, "EntityTooLarge");

        await MustBeAbsentAsync("ranges");
    }

    [Fact]
    public async Task Post_EndlessFieldsWithoutValues_AreRefusedAtTheLimit()
    {
        await BucketAsync();
        var fields = Enumerable.Range(0, 2000).Select(i => ($"{new string('n', 100)}{i}", ""));

        (await new SentForm(scene).SendAsync("/fields", fields))
            .MustFail(HttpStatusCode.BadRequest, "MaxPostPreDataLengthExceededError");
    }

    [Fact]
    public async Task Post_FieldsAfterTheFile_AreNotLookedAt()
    {
        await BucketAsync();
        var form = new SentForm(scene);
        var signed = form.Signed([("key", "after")], form.Policy([("key", "after")], null));
        var whole = form.Body(signed, "hello");
        var file = whole[whole.IndexOf("--" + SentForm.Boundary + "\r\n" + "Content-Disposition: form-data; "
            + "name=\"file\"", StringComparison.Ordinal)..^4][..^SentForm.Boundary.Length][..^2];

        (await form.SendBodyAsync("/fields", file + whole)).MustFail(HttpStatusCode.BadRequest, "InvalidArgument");

        await MustBeAbsentAsync("after");
    }

    [Theory]
    [InlineData("../../escape.txt", "up/escape.txt")]
    [InlineData("C:\\\\Users\\\\me\\\\photo.txt", "up/photo.txt")]
    [InlineData("..", "up/..")]
    public async Task Post_FileNameWithFolders_GivesItsLastPart(string fileName, string key)
    {
        await BucketAsync();

        (await new SentForm(scene) { FileName = fileName }.SendSignedAsync("/fields", ("key", "up/${filename}"))).Ok();

        var listed = (await scene.S3Async(HttpMethod.Get, "/fields?list-type=2&prefix=up%2F")).Ok();
        Assert.Contains(key, listed.Xml.Descendants("Key").Select(element => element.Value));
        Assert.All(
            Directory.EnumerateFiles(scene.DataDirectory, "*escape*", SearchOption.AllDirectories),
            path => Assert.StartsWith(Path.Combine(scene.DataDirectory, "objects", "fields"), path));
    }

    [Fact]
    public async Task Post_Anonymous_DoesWhatThePolicyLetsEverybodyDo()
    {
        (await scene.S3Async(HttpMethod.Put, "/drop-box")).Ok();
        (await scene.S3Async(HttpMethod.Delete, "/drop-box?publicAccessBlock")).Ok();
        var policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::drop-box/in/*\"}]}";
        (await scene.S3Async(HttpMethod.Put, "/drop-box?policy", Encoding.UTF8.GetBytes(policy))).Ok();
        var form = new SentForm(scene);

        (await form.SendAsync("/drop-box", [("key", "in/a")])).Ok();
        (await form.SendAsync("/drop-box", [("key", "out/a")])).MustFail(HttpStatusCode.Forbidden, "AccessDenied");
        (await form.SendAsync("/drop-box", [("key", "in/b"), ("tagging", Tags)]))
            .MustFail(HttpStatusCode.Forbidden, "AccessDenied");

        Assert.Equal("hello", (await scene.S3Async(HttpMethod.Get, "/drop-box/in/a")).Ok().Text);
        var listed = (await scene.S3Async(HttpMethod.Get, "/drop-box?list-type=2")).Ok();
        Assert.Equal("in/a", listed.Xml.Descendants("Key").Single().Value);
    }

    [Fact]
    public async Task Post_SignedByAUser_NeedsItsGrant()
    {
        await BucketAsync();
        var user = await SceneUser.CreateAsync(scene, "form-user", "write fields/mine/");
        var form = new SentForm(scene) { Signer = new Signer(user.Key.AccessKeyId, user.Key.Secret, scene.Time) };

        (await form.SendSignedAsync("/fields", ("key", "mine/a"))).Ok();
        (await form.SendSignedAsync("/fields", ("key", "yours/a"))).MustFail(HttpStatusCode.Forbidden, "AccessDenied");

        await MustBeAbsentAsync("yours/a");
    }

    private async Task BucketAsync() => (await scene.S3Async(HttpMethod.Put, "/fields")).Ok();

    private async Task MustBeAbsentAsync(string key) =>
        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/fields/" + key)).Status);
}
