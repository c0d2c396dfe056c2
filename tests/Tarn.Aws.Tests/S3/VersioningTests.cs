using System.Net;
using System.Text;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>Versions of objects on the wire: what is kept, read, hidden, restored and removed.</summary>
public sealed class VersioningTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string AbsentVersion = "00000000000070008000000000000000";

    [Fact]
    public async Task PutGetVersioning_EnabledThenSuspended_IsAnsweredBack()
    {
        (await scene.S3Async(HttpMethod.Put, "/states")).Ok();
        Assert.Equal("", await StatusAsync());
        await VersionBuckets.SetAsync(scene, "states", "Enabled");
        Assert.Equal("Enabled", await StatusAsync());
        await VersionBuckets.SetAsync(scene, "states", "Suspended");
        Assert.Equal("Suspended", await StatusAsync());

        async Task<string> StatusAsync() =>
            (await scene.S3Async(HttpMethod.Get, "/states?versioning")).Ok().Xml.Value;
    }

    [Theory]
    [InlineData("<VersioningConfiguration/>", "IllegalVersioningConfigurationException")]
    [InlineData("<VersioningConfiguration><Status>Off</Status></VersioningConfiguration>", "MalformedXML")]
    [InlineData("<VersioningConfiguration><Other/></VersioningConfiguration>", "NotImplemented")]
    [InlineData(
        "<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Enabled</MfaDelete></VersioningConfiguration>",
        "NotImplemented")]
    public async Task PutVersioning_WhatCannotBeHonoured_IsRefused(string body, string code)
    {
        (await scene.S3Async(HttpMethod.Put, "/states")).Ok();
        Assert.Equal(
            code, (await scene.S3Async(HttpMethod.Put, "/states?versioning", Encoding.UTF8.GetBytes(body))).Code);
    }

    [Fact]
    public async Task PutAndGet_SeveralVersions_EachIsReadByItsId()
    {
        await VersionBuckets.CreateAsync(scene, "several");
        var first = await PutAsync("/several/k", "one");
        var second = await PutAsync("/several/k", "two!");
        Assert.NotEqual(first, second);

        var current = (await scene.S3Async(HttpMethod.Get, "/several/k")).Ok();
        var old = (await scene.S3Async(HttpMethod.Get, "/several/k?versionId=" + first)).Ok();
        var head = (await scene.S3Async(HttpMethod.Head, "/several/k?versionId=" + first)).Ok();
        var range = (await scene.S3Async(
            HttpMethod.Get, "/several/k?versionId=" + first, null, "Range:bytes=1-")).Ok();
        var attributes = (await scene.S3Async(
            HttpMethod.Get, "/several/k?attributes&versionId=" + first, null,
            "x-amz-object-attributes:ObjectSize")).Ok();

        Assert.Equal(("two!", second), (current.Text, current.Header("x-amz-version-id")));
        Assert.Equal(("one", first), (old.Text, old.Header("x-amz-version-id")));
        Assert.Equal(("3", first), (head.Header("Content-Length"), head.Header("x-amz-version-id")));
        Assert.Equal("ne", range.Text);
        Assert.Equal(("3", first), (attributes.Xml.Value, attributes.Header("x-amz-version-id")));
        Assert.Null(old.Header("x-amz-delete-marker"));
    }

    [Fact]
    public async Task Get_BucketThatNeverKeptVersions_HasNoVersionHeader()
    {
        (await scene.S3Async(HttpMethod.Put, "/never")).Ok();
        var put = (await scene.S3Async(HttpMethod.Put, "/never/k", [1])).Ok();
        var got = (await scene.S3Async(HttpMethod.Get, "/never/k")).Ok();
        var removed = await scene.S3Async(HttpMethod.Delete, "/never/k");

        Assert.Equal(
            (null, null, null),
            (put.Header("x-amz-version-id"), got.Header("x-amz-version-id"), removed.Header("x-amz-version-id")));
        Assert.Null(removed.Header("x-amz-delete-marker"));
    }

    [Fact]
    public async Task Delete_WithoutAVersion_HidesTheObjectUntilTheMarkerIsRemoved()
    {
        await VersionBuckets.CreateAsync(scene, "hidden");
        var version = await PutAsync("/hidden/k", "kept");
        var deleted = await scene.S3Async(HttpMethod.Delete, "/hidden/k");
        var marker = deleted.Header("x-amz-version-id")!;
        Assert.Equal((HttpStatusCode.NoContent, "true"), (deleted.Status, deleted.Header("x-amz-delete-marker")));

        var absent = await scene.S3Async(HttpMethod.Get, "/hidden/k");
        absent.MustFail(HttpStatusCode.NotFound, "NoSuchKey");
        Assert.Equal(
            ("true", marker), (absent.Header("x-amz-delete-marker"), absent.Header("x-amz-version-id")));
        var ofMarker = await scene.S3Async(HttpMethod.Get, "/hidden/k?versionId=" + marker);
        ofMarker.MustFail(HttpStatusCode.MethodNotAllowed, "MethodNotAllowed", "DeleteMarker");
        Assert.Equal(("DELETE", "true"), (ofMarker.Header("Allow"), ofMarker.Header("x-amz-delete-marker")));
        Assert.NotNull(ofMarker.Header("Last-Modified"));
        Assert.Equal(
            HttpStatusCode.MethodNotAllowed,
            (await scene.S3Async(HttpMethod.Head, "/hidden/k?versionId=" + marker)).Status);
        Assert.Equal("kept", (await scene.S3Async(HttpMethod.Get, "/hidden/k?versionId=" + version)).Ok().Text);

        var removed = await scene.S3Async(HttpMethod.Delete, "/hidden/k?versionId=" + marker);
        Assert.Equal(
            ("true", marker), (removed.Header("x-amz-delete-marker"), removed.Header("x-amz-version-id")));
        var back = (await scene.S3Async(HttpMethod.Get, "/hidden/k")).Ok();
        Assert.Equal(("kept", version), (back.Text, back.Header("x-amz-version-id")));
    }

    [Theory]
    [InlineData("GET", "", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("GET", "1", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("DELETE", "1", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("GET", AbsentVersion, HttpStatusCode.NotFound, "NoSuchVersion")]
    [InlineData("GET", "null", HttpStatusCode.NotFound, "NoSuchVersion")]
    [InlineData("GET", AbsentVersion + "&tagging", HttpStatusCode.NotFound, "NoSuchVersion")]
    [InlineData("DELETE", AbsentVersion + "&tagging", HttpStatusCode.NotFound, "NoSuchVersion")]
    public async Task Call_VersionThatIsNotThere_IsRefused(
        string method, string versionId, HttpStatusCode status, string code)
    {
        await VersionBuckets.CreateAsync(scene, "absent-versions");
        await PutAsync("/absent-versions/k", "x");
        (await scene.S3Async(new HttpMethod(method), "/absent-versions/k?versionId=" + versionId))
            .MustFail(status, code);
    }

    [Fact]
    public async Task Suspended_PutsAndDeletes_ReplaceTheNullVersion()
    {
        (await scene.S3Async(HttpMethod.Put, "/suspended")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/suspended/k", "before"u8.ToArray())).Ok();
        await VersionBuckets.SetAsync(scene, "suspended", "Enabled");
        Assert.Equal("null", (await scene.S3Async(HttpMethod.Get, "/suspended/k")).Ok().Header("x-amz-version-id"));
        var kept = await PutAsync("/suspended/k", "kept");
        Assert.Equal("before", (await scene.S3Async(HttpMethod.Get, "/suspended/k?versionId=null")).Ok().Text);

        await VersionBuckets.SetAsync(scene, "suspended", "Suspended");
        Assert.Equal("null", await PutAsync("/suspended/k", "now"));
        Assert.Equal(["null", kept], await VersionBuckets.IdsAsync(scene, "suspended"));
        Assert.Equal("now", (await scene.S3Async(HttpMethod.Get, "/suspended/k?versionId=null")).Ok().Text);
        Assert.Equal("null", (await scene.S3Async(HttpMethod.Delete, "/suspended/k")).Header("x-amz-version-id"));
        Assert.Equal(["null marker", kept], await VersionBuckets.IdsAsync(scene, "suspended"));
        (await scene.S3Async(HttpMethod.Delete, "/suspended")).MustFail(
            HttpStatusCode.Conflict, "BucketNotEmpty", "versions");
    }

    [Fact]
    public async Task Copy_FromAVersion_BringsItBackOnTop()
    {
        await VersionBuckets.CreateAsync(scene, "copied");
        var first = await PutAsync("/copied/k", "first");
        await PutAsync("/copied/k", "second");
        var copy = (await scene.S3Async(
            HttpMethod.Put, "/copied/k", null, "x-amz-copy-source:copied/k?versionId=" + first)).Ok();
        var current = (await scene.S3Async(HttpMethod.Get, "/copied/k")).Ok();

        Assert.Equal("first", current.Text);
        Assert.Equal(first, copy.Header("x-amz-copy-source-version-id"));
        Assert.Equal(current.Header("x-amz-version-id"), copy.Header("x-amz-version-id"));
        Assert.Equal(3, (await VersionBuckets.IdsAsync(scene, "copied")).Count);

        var marker = (await scene.S3Async(HttpMethod.Delete, "/copied/k")).Header("x-amz-version-id");
        (await scene.S3Async(HttpMethod.Put, "/copied/to", null, "x-amz-copy-source:copied/k?versionId=" + marker))
            .MustFail(HttpStatusCode.BadRequest, "InvalidRequest");
        (await scene.S3Async(HttpMethod.Put, "/copied/to", null, "x-amz-copy-source:copied/k"))
            .MustFail(HttpStatusCode.NotFound, "NoSuchKey");
    }

    [Fact]
    public async Task Tags_OfAVersion_AreItsOwn()
    {
        await VersionBuckets.CreateAsync(scene, "tagged-versions");
        var first = await PutAsync("/tagged-versions/k", "first");
        var second = await PutAsync("/tagged-versions/k", "second");
        var put = (await scene.S3Async(
            HttpMethod.Put, "/tagged-versions/k?tagging&versionId=" + first,
            "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>"u8.ToArray())).Ok();

        Assert.Equal(first, put.Header("x-amz-version-id"));
        Assert.Equal("a1", await TagsAsync(first));
        Assert.Equal("", await TagsAsync(second));

        async Task<string> TagsAsync(string version) => (await scene.S3Async(
            HttpMethod.Get, "/tagged-versions/k?tagging&versionId=" + version)).Ok().Xml.Value;
    }

    [Fact]
    public async Task Put_WithAConditionOverAMarker_SeesNoObject()
    {
        await VersionBuckets.CreateAsync(scene, "conditions");
        await PutAsync("/conditions/k", "one");
        (await scene.S3Async(HttpMethod.Put, "/conditions/k", [1], "If-None-Match:*")).MustFail(
            HttpStatusCode.PreconditionFailed, "PreconditionFailed");
        await scene.S3Async(HttpMethod.Delete, "/conditions/k");
        (await scene.S3Async(HttpMethod.Put, "/conditions/k", [1], "If-None-Match:*")).Ok();
        Assert.Equal(3, (await VersionBuckets.IdsAsync(scene, "conditions")).Count);
    }

    [Fact]
    public async Task Requests_OfAUserWithAPolicy_NeedTheVersionsOwnActions()
    {
        await VersionBuckets.CreateAsync(scene, "acted");
        var version = await PutAsync("/acted/k", "one");
        await PutAsync("/acted/k", "two");
        var user = await SceneUser.CreateAsync(scene, "version-user");
        await AllowAsync("s3:GetObject", "s3:DeleteObject");
        (await user.S3Async(HttpMethod.Get, "/acted/k")).Ok();
        (await user.S3Async(HttpMethod.Get, "/acted/k?versionId=" + version)).MustFail(
            HttpStatusCode.Forbidden, "AccessDenied", "s3:GetObjectVersion");
        (await user.S3Async(HttpMethod.Delete, "/acted/k?versionId=" + version)).MustFail(
            HttpStatusCode.Forbidden, "AccessDenied", "s3:DeleteObjectVersion");
        (await user.S3Async(HttpMethod.Get, "/acted?versions")).MustFail(
            HttpStatusCode.Forbidden, "AccessDenied", "s3:ListBucketVersions");
        (await user.S3Async(HttpMethod.Put, "/acted?versioning", [])).MustFail(
            HttpStatusCode.Forbidden, "AccessDenied", "s3:PutBucketVersioning");

        await AllowAsync("s3:GetObjectVersion", "s3:DeleteObjectVersion");
        Assert.Equal("one", (await user.S3Async(HttpMethod.Get, "/acted/k?versionId=" + version)).Ok().Text);
        (await user.S3Async(HttpMethod.Get, "/acted/k")).MustFail(HttpStatusCode.Forbidden, "AccessDenied");
        (await user.S3Async(HttpMethod.Delete, "/acted/k?versionId=" + version)).Ok();

        async Task AllowAsync(params string[] actions) => (await scene.S3Async(
            HttpMethod.Put,
            "/acted?policy",
            Encoding.UTF8.GetBytes($$"""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                "Principal":{"AWS":"arn:aws:iam::000000000000:user/version-user"},
                "Action":["{{string.Join("\",\"", actions)}}"],"Resource":"arn:aws:s3:::acted/*"}]}
                """))).Ok();
    }

    private async Task<string> PutAsync(string target, string text) =>
        (await scene.S3Async(HttpMethod.Put, target, Encoding.UTF8.GetBytes(text))).Ok().Header("x-amz-version-id")!;
}
