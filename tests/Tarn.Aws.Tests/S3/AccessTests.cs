using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tarn.Aws.Protocol;
using Tarn.Aws.Tests.Scenes;
using Tarn.Primitives.Identity;
using Tarn.Storage.Access;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.Tests.S3;

/// <summary>Users with grants and policies at the door; what grants cover is tested with the grants.</summary>
public sealed class AccessTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task Requests_OfAUserWithAPrefix_DoWhatIsGrantedAndNoMore()
    {
        await FillAsync("prefixes", "in/a", "out/b");
        var user = await SceneUser.CreateAsync(scene, "prefix-user", "read prefixes/in/", "write prefixes/in/new/");

        Assert.Equal("in/a", (await user.S3Async(HttpMethod.Get, "/prefixes/in/a")).Ok().Text);
        (await user.S3Async(HttpMethod.Head, "/prefixes")).Ok();
        (await user.S3Async(HttpMethod.Get, "/prefixes?list-type=2&prefix=in%2F")).Ok();
        (await user.S3Async(HttpMethod.Put, "/prefixes/in/new/c", [1])).Ok();
        MustBeDenied(await user.S3Async(HttpMethod.Get, "/prefixes/out/b"));
        MustBeDenied(await user.S3Async(HttpMethod.Get, "/prefixes?list-type=2"));
        MustBeDenied(await user.S3Async(HttpMethod.Get, "/prefixes?list-type=2&prefix=in"));
        MustBeDenied(await user.S3Async(HttpMethod.Put, "/prefixes/in/a", [1]));
        MustBeDenied(await user.S3Async(HttpMethod.Put, "/prefixes/out/c", [1]));
        MustBeDenied(await user.S3Async(HttpMethod.Delete, "/prefixes/in/a"));
        MustBeDenied(await user.S3Async(HttpMethod.Delete, "/prefixes"));
        MustBeDenied(await user.S3Async(HttpMethod.Put, "/another-bucket"));
        Assert.Equal(HttpStatusCode.Forbidden, (await user.S3Async(HttpMethod.Head, "/prefixes/out/b")).Status);

        Assert.Equal("in/a", (await scene.S3Async(HttpMethod.Get, "/prefixes/in/a")).Ok().Text);
        (await scene.S3Async(HttpMethod.Get, "/prefixes/out/c")).MustFail(HttpStatusCode.NotFound, "NoSuchKey");
    }

    [Fact]
    public async Task ListBuckets_OfAUser_ShowsWhereSomethingIsGranted()
    {
        await FillAsync("shown-one", "a");
        await FillAsync("shown-two", "a");
        await FillAsync("not-shown", "a");
        var user = await SceneUser.CreateAsync(scene, "list-user", "read shown-one", "write shown-two/x/");
        var listed = (await user.S3Async(HttpMethod.Get, "/")).Ok().Xml;
        Assert.Equal(["shown-one", "shown-two"], listed.Descendants("Name").Select(name => name.Value));
    }

    [Fact]
    public async Task DeleteObjects_OfAUser_IsDecidedPerKey()
    {
        await FillAsync("per-key", "in/a", "out/b");
        var user = await SceneUser.CreateAsync(scene, "delete-user", "write per-key/in/");
        var body = Encoding.UTF8.GetBytes(
            "<Delete><Object><Key>out/b</Key></Object><Object><Key>in/a</Key></Object></Delete>");
        var answer = (await user.S3Async(
            HttpMethod.Post, "/per-key?delete", body, "content-md5:" + Md5(body))).Ok().Xml;

        Assert.Equal(["in/a"], answer.Elements("Deleted").Select(deleted => deleted.Element("Key")!.Value));
        var error = Assert.Single(answer.Elements("Error"));
        Assert.Equal(("out/b", "AccessDenied"), (error.Element("Key")!.Value, error.Element("Code")!.Value));
        (await scene.S3Async(HttpMethod.Head, "/per-key/out/b")).Ok();
        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/per-key/in/a")).Status);
    }

    [Fact]
    public async Task Policy_OfABucket_AllowsAndDeniesUsers()
    {
        await FillAsync("with-policy", "a", "kept/b");
        var allowed = await SceneUser.CreateAsync(scene, "policy-user");
        var denied = await SceneUser.CreateAsync(scene, "bound-user", "admin with-policy");
        MustBeDenied(await allowed.S3Async(HttpMethod.Get, "/with-policy/a"));
        await scene.Engine<IBucketSettings>().SetAsync(
            "with-policy",
            BucketSetting.Policy,
            """
            {"Statement":[
              {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:user/policy-user"},
               "Action":"s3:GetObject","Resource":"arn:aws:s3:::with-policy/*"},
              {"Effect":"Deny","Principal":"*",
               "Action":"s3:DeleteObject","Resource":"arn:aws:s3:::with-policy/kept/*"}]}
            """,
            default);

        (await allowed.S3Async(HttpMethod.Get, "/with-policy/a")).Ok();
        MustBeDenied(await allowed.S3Async(HttpMethod.Put, "/with-policy/a", [1]));
        MustBeDenied(await denied.S3Async(HttpMethod.Delete, "/with-policy/kept/b"));
        Assert.Equal(HttpStatusCode.NoContent, (await denied.S3Async(HttpMethod.Delete, "/with-policy/a")).Status);
    }

    [Fact]
    public async Task Anonymous_Request_DoesWhatThePolicyLetsEverybodyDo()
    {
        await FillAsync("public", "open/a", "closed/b");
        MustBeDenied(await AnonymousAsync(HttpMethod.Get, "/public/open/a"));
        var settings = scene.Engine<IBucketSettings>();
        await settings.SetAsync(
            "public",
            BucketSetting.Policy,
            """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*",
             "Action":"s3:GetObject","Resource":"arn:aws:s3:::public/open/*"}}
            """,
            default);

        Assert.Equal("open/a", (await AnonymousAsync(HttpMethod.Get, "/public/open/a")).Ok().Text);
        MustBeDenied(await AnonymousAsync(HttpMethod.Get, "/public/closed/b"));
        MustBeDenied(await AnonymousAsync(HttpMethod.Get, "/public"));
        MustBeDenied(await AnonymousAsync(HttpMethod.Put, "/public/open/a", [1]));
        MustBeDenied(await AnonymousAsync(HttpMethod.Delete, "/public/open/a"));
        MustBeDenied(await AnonymousAsync(HttpMethod.Get, "/"));

        await settings.SetAsync(
            "public", BucketSetting.PublicAccessBlock, """{"restrictPublicBuckets":true}""", default);
        MustBeDenied(await AnonymousAsync(HttpMethod.Get, "/public/open/a"));
        Assert.Contains(
            ReadAudit(),
            line => line.GetProperty("user").ValueKind == JsonValueKind.Null
                && line.GetProperty("resource").GetString() == "public/closed/b");
    }

    [Fact]
    public async Task Copy_OfAUser_NeedsReadOnTheSource()
    {
        await FillAsync("copy-source", "a");
        await FillAsync("copy-target");
        var user = await SceneUser.CreateAsync(scene, "copy-user", "write copy-target");
        MustBeDenied(await user.S3Async(HttpMethod.Put, "/copy-target/a", null, "x-amz-copy-source:/copy-source/a"));
        await scene.Engine<IUsers>().GrantAsync(new Grant("copy-user", GrantLevel.Read, "copy-source", ""), default);
        (await user.S3Async(HttpMethod.Put, "/copy-target/a", null, "x-amz-copy-source:/copy-source/a")).Ok();
    }

    [Fact]
    public async Task Action_OfEachOperation_IsOneThatCanBeGranted()
    {
        await SceneUser.CreateAsync(scene, "every-user", "admin every-bucket");
        var authorization = scene.Engine<IAuthorization>();
        var actions = Operations
            .Rest(
                null!, null!, null!, null!, null!, null!, null!, null!, null!, new LakeIdentity(), IdSource.System,
                TimeProvider.System)
            .Select(operation => operation.Action).OfType<string>().ToList();
        Assert.Contains("s3:GetObject", actions);
        var key = new AccessKey("EVERYKEYEVERYKEY", "secretsecret", "every-user");
        Assert.All(actions, action => Assert.True(
            authorization.Decide(new AccessRequest(key, action, "every-bucket", "key")).IsAllowed, action));
    }

    [Fact]
    public async Task Key_DisabledOrRemoved_StopsAtOnce()
    {
        await FillAsync("key-bucket", "a");
        var user = await SceneUser.CreateAsync(scene, "key-user", "read key-bucket");
        var users = scene.Engine<IUsers>();
        (await user.S3Async(HttpMethod.Get, "/key-bucket/a")).Ok();
        await users.SetKeyActiveAsync("key-user", user.Key.AccessKeyId, isActive: false, default);
        (await user.S3Async(HttpMethod.Get, "/key-bucket/a"))
            .MustFail(HttpStatusCode.Forbidden, "InvalidAccessKeyId");
        await users.SetKeyActiveAsync("key-user", user.Key.AccessKeyId, isActive: true, default);
        (await user.S3Async(HttpMethod.Get, "/key-bucket/a")).Ok();
        await users.DeleteAsync("key-user", default);
        (await user.S3Async(HttpMethod.Get, "/key-bucket/a"))
            .MustFail(HttpStatusCode.Forbidden, "InvalidAccessKeyId");
    }

    [Theory]
    [InlineData("kinesis", "Kinesis_20131202.ListStreams")]
    [InlineData("athena", "AmazonAthena.ListWorkGroups")]
    [InlineData("glue", "AWSGlue.GetDatabases")]
    [InlineData("kinesis", "Kinesis_20131202.NoSuchOperation")]
    public async Task OtherServices_OfAUser_AreLeftToRoot(string service, string target)
    {
        var name = "json-user-" + target.Split('.')[1];
        var user = await SceneUser.CreateAsync(scene, name, "admin some-bucket");
        var answer = await user.JsonAsync(service, target, new JsonObject());
        answer.MustFail(HttpStatusCode.BadRequest, "AccessDeniedException");
        Assert.Contains(name, answer.Text, StringComparison.Ordinal);
        Assert.Contains("root", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_OfAUser_IsDenied()
    {
        var user = await SceneUser.CreateAsync(scene, "reset-user");
        MustBeDenied(await user.S3Async(HttpMethod.Post, "/_tarn/reset"));
        Assert.Equal(0, scene.Resets);
    }

    [Fact]
    public async Task CallerIdentity_OfAUser_IsItsOwn()
    {
        var user = await SceneUser.CreateAsync(scene, "sts-user");
        Assert.Contains(
            "<Arn>arn:aws:iam::000000000000:user/sts-user</Arn>", (await user.StsAsync()).Ok().Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Denied_Request_LeavesAnAuditLine()
    {
        await FillAsync("audited", "a");
        var user = await SceneUser.CreateAsync(scene, "audit-user");
        MustBeDenied(await user.S3Async(HttpMethod.Get, "/audited/a%0Ab"));
        await user.JsonAsync("kinesis", "Kinesis_20131202.ListStreams", new JsonObject());

        var lines = ReadAudit().Where(line => line.GetProperty("user").GetString() == "audit-user").ToList();
        Assert.Equal(
            [("s3:GetObject", "audited/a\nb"), ("kinesis:ListStreams", "")],
            lines.Select(line => (line.GetProperty("action").GetString()!, line.GetProperty("resource").GetString()!)));
        Assert.All(lines, line =>
        {
            Assert.Equal(user.Key.AccessKeyId, line.GetProperty("access_key_id").GetString());
            Assert.Equal("127.0.0.1", line.GetProperty("from").GetString());
            Assert.DoesNotContain(user.Key.Secret, line.GetRawText(), StringComparison.Ordinal);
        });
    }

    private Task<Answer> AnonymousAsync(
        HttpMethod method, string target, byte[]? body = null, params string[] headers) =>
        scene.SendAsync(scene.S3Request(method, target, body, headers));

    private static void MustBeDenied(Answer answer) => answer.MustFail(HttpStatusCode.Forbidden, "AccessDenied");

    private static string Md5(byte[] body)
    {
#pragma warning disable CA5351 // Content-MD5 is HTTP's own check
        return Convert.ToBase64String(MD5.HashData(body));
#pragma warning restore CA5351
    }

    private List<JsonElement> ReadAudit()
    {
        using var file = new FileStream(
            Path.Combine(scene.DataDirectory, "audit.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private async Task FillAsync(string bucket, params string[] keys)
    {
        (await scene.S3Async(HttpMethod.Put, "/" + bucket)).Ok();
        foreach (var key in keys)
        {
            (await scene.S3Async(HttpMethod.Put, $"/{bucket}/{key}", Encoding.UTF8.GetBytes(key))).Ok();
        }
    }
}
