using System.Net;
using Tarn.Aws.Protocol;
using Tarn.Aws.Tests.Coverage;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

/// <summary>Operations and headers of S3 that Tarn does not have: each is refused by name, and does nothing.</summary>
public sealed class RefusedOperationTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private static readonly string[] NotHonoured =
    [
        "x-amz-server-side-encryption:AES256",
        "x-amz-server-side-encryption:aws:kms",
        "x-amz-server-side-encryption-aws-kms-key-id:key",
        "x-amz-server-side-encryption-bucket-key-enabled:true",
        "x-amz-server-side-encryption-context:e30=",
        "x-amz-server-side-encryption-customer-algorithm:AES256",
        "x-amz-server-side-encryption-customer-key:a2V5",
        "x-amz-server-side-encryption-customer-key-MD5:a2V5",
        "x-amz-object-lock-mode:GOVERNANCE",
        "x-amz-object-lock-retain-until-date:2030-01-01T00:00:00Z",
        "x-amz-object-lock-legal-hold:ON",
        "x-amz-website-redirect-location:/elsewhere",
        "x-amz-request-payer:requester",
        "x-amz-grant-read:uri=http://acs.amazonaws.com/groups/global/AllUsers",
        "x-amz-grant-full-control:id=1",
        "x-amz-write-offset-bytes:1",
        "x-amz-never-heard-of:1",
    ];

    private static readonly string[] ReadHeaders =
    [
        "x-amz-server-side-encryption-customer-algorithm:AES256",
        "x-amz-request-payer:requester",
        "x-amz-mfa:1 2",
        "x-amz-never-heard-of:1",
    ];

    /// <summary>Lines of the embedded list whose operation is not there, nor another name of it.</summary>
    public static TheoryData<string> Refused()
    {
        var lines = OperationNames.Lines(AwsService.S3).Select(line => line.Split(' ', 2)).ToList();
        var implemented = CoverageTests.Implemented["s3"];
        var taken = lines.Where(line => implemented.Contains(line[0])).Select(line => line[1]).ToHashSet();
        return [.. lines.Where(line => !taken.Contains(line[1])).Select(line => string.Join(' ', line))];
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Operation_ThatIsNotThere_IsNamedAndDoesNothing(string line)
    {
        await FillAsync();
        var files = LakeFiles.Of(scene);
        var (name, method, level, needs) = (line.Split(' ')[0], line.Split(' ')[1], line.Split(' ')[2],
            line.Split(' ')[3..]);
        var query = string.Join('&', needs.Where(need => need[0] != '@').Select(Parameter));
        var headers = needs.Where(need => need[0] == '@').Select(need => need[1..] + ":value").ToArray();
        var path = level switch { "service" => "/", "bucket" => "/refused", _ => "/refused/key" };

        var answer = await scene.S3Async(
            new HttpMethod(method), query.Length > 0 ? $"{path}?{query}" : path, method is "PUT" or "POST" ? [] : null,
            headers);

        answer.MustBeS3Error(HttpStatusCode.NotImplemented, "NotImplemented", path);
        Assert.Contains(
            OperationNames.Lines(AwsService.S3).Where(other => other.EndsWith(line[name.Length..])),
            alias => answer.Text.Contains("s3 " + alias.Split(' ')[0], StringComparison.Ordinal));
        files.MustBeSame();
        Assert.Equal("body", (await scene.S3Async(HttpMethod.Get, "/refused/key")).Ok().Text);
    }

    public static TheoryData<string, string> Writes => new()
    {
        { "PUT", "/refused/new" },
        { "PUT copy", "/refused/new" },
        { "POST", "/refused/new?uploads" },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Write_HeaderThatWouldPromiseSomethingElse_IsRefusedByName(string method, string target)
    {
        await FillAsync();
        var files = LakeFiles.Of(scene);

        foreach (var header in NotHonoured)
        {
            var answer = await WriteAsync(method, target, header);

            answer.MustBeS3Error(HttpStatusCode.NotImplemented, "NotImplemented", "/refused/new");
            Assert.Contains($"header '{header.Split(':')[0].ToLowerInvariant()}'", answer.Text);
        }

        files.MustBeSame();
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Write_OtherStorageClassOrAcl_IsRefusedByName(string method, string target)
    {
        await FillAsync();
        var files = LakeFiles.Of(scene);

        foreach (var name in new[]
        {
            "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE",
            "GLACIER_IR", "EXPRESS_ONEZONE", "standard", "",
        })
        {
            (await WriteAsync(method, target, "x-amz-storage-class:" + name))
                .MustFail(HttpStatusCode.BadRequest, "InvalidStorageClass", $"'{name}'");
        }

        foreach (var name in new[]
        {
            "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "bucket-owner-read", "none",
        })
        {
            (await WriteAsync(method, target, "x-amz-acl:" + name))
                .MustFail(HttpStatusCode.BadRequest, "AccessControlListNotSupported", $"'{name}'");
        }

        files.MustBeSame();
    }

    [Theory]
    [InlineData("private")]
    [InlineData("bucket-owner-full-control")]
    public async Task Write_StandardClassAndOwnersAcl_AreTaken(string acl)
    {
        await FillAsync();

        (await scene.S3Async(
            HttpMethod.Put, "/refused/standard", [1], "x-amz-storage-class:STANDARD", "x-amz-acl:" + acl)).Ok();

        Assert.Equal([1], (await scene.S3Async(HttpMethod.Get, "/refused/standard")).Ok().Body);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("DELETE")]
    public async Task Object_HeaderThatIsNotHonoured_IsRefused(string method)
    {
        await FillAsync();
        foreach (var header in ReadHeaders)
        {
            Assert.Equal(
                HttpStatusCode.NotImplemented,
                (await scene.S3Async(new HttpMethod(method), "/refused/key", null, header)).Status);
        }

        (await scene.S3Async(HttpMethod.Head, "/refused/key")).Ok();
    }

    [Theory]
    [InlineData("x-amz-bucket-object-lock-enabled:true")]
    [InlineData("x-amz-grant-write:id=1")]
    [InlineData("x-amz-bucket-region:eu-west-1")]
    public async Task CreateBucket_HeaderThatIsNotHonoured_IsRefusedAndMakesNone(string header)
    {
        (await scene.S3Async(HttpMethod.Put, "/refused-bucket", null, header)).MustFail(
            HttpStatusCode.NotImplemented, "NotImplemented", header.Split(':')[0]);

        Assert.Equal(HttpStatusCode.NotFound, (await scene.S3Async(HttpMethod.Head, "/refused-bucket")).Status);
    }

    private static string Parameter(string need) => need == "id" ? "id=1" : need;

    private Task<Answer> WriteAsync(string method, string target, string header) => method == "PUT copy"
        ? scene.S3Async(HttpMethod.Put, target, null, header, "x-amz-copy-source:refused/key")
        : scene.S3Async(new HttpMethod(method), target, [1], header);

    private async Task FillAsync()
    {
        (await scene.S3Async(HttpMethod.Put, "/refused")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/refused/key", "body"u8.ToArray())).Ok();
    }
}
