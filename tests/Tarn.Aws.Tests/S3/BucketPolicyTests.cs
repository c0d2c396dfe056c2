using System.Net;
using System.Text;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

public sealed class BucketPolicyTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task PutGetDelete_Policy_IsTheDocumentAndLetsEverybodyRead()
    {
        await BucketAsync("open-bucket");
        (await scene.S3Async(HttpMethod.Get, "/open-bucket?policy")).MustFail(
            HttpStatusCode.NotFound, "NoSuchBucketPolicy");
        (await scene.S3Async(HttpMethod.Get, "/open-bucket?policyStatus")).MustFail(
            HttpStatusCode.NotFound, "NoSuchBucketPolicy");
        Assert.Equal(HttpStatusCode.Forbidden, (await AnonymousAsync("/open-bucket/key")).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync("open-bucket", Public("open-bucket"))).Status);
        var got = (await scene.S3Async(HttpMethod.Get, "/open-bucket?policy")).Ok();
        Assert.Equal((Public("open-bucket"), "application/json"), (got.Text, got.Header("Content-Type")));
        Assert.Equal("true", (await scene.S3Async(HttpMethod.Get, "/open-bucket?policyStatus")).Ok().Xml.Value);
        Assert.Equal([1], (await AnonymousAsync("/open-bucket/key")).Ok().Body);

        Assert.Equal(HttpStatusCode.NoContent, (await scene.S3Async(HttpMethod.Delete, "/open-bucket?policy")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AnonymousAsync("/open-bucket/key")).Status);
    }

    [Fact]
    public async Task PublicAccessBlock_KeepsPublicPoliciesOutAndAnonymousCallersToo()
    {
        await BucketAsync("closed-bucket");
        (await scene.S3Async(HttpMethod.Get, "/closed-bucket?publicAccessBlock")).MustFail(
            HttpStatusCode.NotFound, "NoSuchPublicAccessBlockConfiguration");
        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync("closed-bucket", Public("closed-bucket"))).Status);

        (await BlockAsync("<BlockPublicPolicy>true</BlockPublicPolicy>")).Ok();
        (await PutAsync("closed-bucket", Public("closed-bucket"))).MustFail(HttpStatusCode.Forbidden, "AccessDenied");
        (await AnonymousAsync("/closed-bucket/key")).Ok();

        (await BlockAsync("<RestrictPublicBuckets>true</RestrictPublicBuckets>")).Ok();
        Assert.Equal(HttpStatusCode.Forbidden, (await AnonymousAsync("/closed-bucket/key")).Status);
        var blocked = (await scene.S3Async(HttpMethod.Get, "/closed-bucket?publicAccessBlock")).Ok().Xml;
        Assert.Equal("falsefalsefalsetrue", blocked.Value);

        Assert.Equal(
            HttpStatusCode.NoContent,
            (await scene.S3Async(HttpMethod.Delete, "/closed-bucket?publicAccessBlock")).Status);
        (await AnonymousAsync("/closed-bucket/key")).Ok();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Maybe","Principal":"*","Action":"s3:*"}]}""")]
    public async Task Put_WhatIsNoPolicy_IsRefused(string document)
    {
        await BucketAsync("strict-bucket");

        (await PutAsync("strict-bucket", document)).MustFail(HttpStatusCode.BadRequest, "MalformedPolicy");

        (await scene.S3Async(HttpMethod.Get, "/strict-bucket?policy")).MustFail(
            HttpStatusCode.NotFound, "NoSuchBucketPolicy");
    }

    [Theory]
    [InlineData("<BlockPublicPolicy>maybe</BlockPublicPolicy>", "MalformedXML")]
    [InlineData("<BlockEverything>true</BlockEverything>", "NotImplemented")]
    public async Task PublicAccessBlock_WhatIsNone_IsRefused(string flags, string code)
    {
        await BucketAsync("closed-bucket");

        Assert.Equal(code, (await BlockAsync(flags)).Code);
    }

    private static string Public(string bucket) =>
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"""
        + $"\"arn:aws:s3:::{bucket}/*\"}}]}}";

    private async Task BucketAsync(string bucket)
    {
        (await scene.S3Async(HttpMethod.Put, "/" + bucket)).Ok();
        (await scene.S3Async(HttpMethod.Put, $"/{bucket}/key", [1])).Ok();
    }

    private Task<Answer> PutAsync(string bucket, string document) =>
        scene.S3Async(HttpMethod.Put, $"/{bucket}?policy", Encoding.UTF8.GetBytes(document));

    private Task<Answer> BlockAsync(string flags) => scene.S3Async(
        HttpMethod.Put,
        "/closed-bucket?publicAccessBlock",
        Encoding.UTF8.GetBytes($"<PublicAccessBlockConfiguration>{flags}</PublicAccessBlockConfiguration>"));

    private Task<Answer> AnonymousAsync(string path) =>
        scene.SendAsync(scene.S3Request(HttpMethod.Get, path, null));
}
