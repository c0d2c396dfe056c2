using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Lifecycle;

/// <summary><c>tarn user</c> and <c>tarn grant</c> against a real server, and what their users then may do.</summary>
public sealed class UserCommandTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tarn-users-");

    [Fact]
    public async Task TwoUsers_WithGrants_MayDoThatAndNoMoreAlsoAfterARestart()
    {
        var server = await StartAsync();
        var ann = KeyOf((await RunAsync("user", "add", "ann")).MustSucceed());
        var bob = KeyOf((await RunAsync("user", "add", "bob")).MustSucceed());
        var granted = await RunAsync("grant", "add", "ann", "write", "reports/2026/");
        Assert.Equal("ann may write reports/2026/", granted.MustSucceed().Trim());
        (await RunAsync("grant", "add", "bob", "read", "s3://reports")).MustSucceed();
        using (var root = server.S3())
        {
            await root.PutBucketAsync("reports");
            await root.PutObjectAsync(Put("reports", "2025/old"));
        }

        for (var start = 1; start <= 2; start++)
        {
            using var writer = Client(server, ann);
            using var reader = Client(server, bob);
            await writer.PutObjectAsync(Put("reports", $"2026/{start}"));
            await DeniedAsync(() => writer.PutObjectAsync(Put("reports", "2025/new")));
            await DeniedAsync(() => writer.GetObjectMetadataAsync("reports", "2025/old"), hasBody: false);
            await DeniedAsync(() => reader.PutObjectAsync(Put("reports", "2026/new")));
            using (var read = await reader.GetObjectAsync("reports", $"2026/{start}"))
            {
                Assert.Equal(4, read.ContentLength);
            }

            var listed = await reader.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "reports" });
            Assert.Equal(1 + start, listed.S3Objects.Count);
            await DeniedAsync(() => reader.DeleteBucketAsync("reports"));
            if (start == 1)
            {
                Assert.Equal(0, await server.TerminateAsync());
                await server.DisposeAsync();
                server = await StartAsync();
            }
        }

        (await RunAsync("user", "key", "disable", "ann", ann.Id)).MustSucceed();
        using (var stopped = Client(server, ann))
        {
            var refused = await Assert.ThrowsAsync<AmazonS3Exception>(
                () => stopped.PutObjectAsync(Put("reports", "2026/late")));
            Assert.Equal("InvalidAccessKeyId", refused.ErrorCode);
        }

        var audit = await File.ReadAllTextAsync(Path.Combine(server.DataDirectory, "audit.log"));
        Assert.Contains("\"user\":\"bob\"", audit, StringComparison.Ordinal);
        Assert.DoesNotContain(bob.Secret, audit, StringComparison.Ordinal);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Commands_OnUsersKeysAndGrants_AreShownAsDone()
    {
        await using var server = await StartAsync();
        var key = KeyOf((await RunAsync("user", "add", "ann")).MustSucceed());
        var second = KeyOf((await RunAsync("user", "key", "add", "ann")).MustSucceed());
        (await RunAsync("user", "key", "disable", "ann", second.Id)).MustSucceed();
        (await RunAsync("grant", "add", "ann", "admin", "lake")).MustSucceed();
        (await RunAsync("grant", "add", "ann", "read", "lake/logs/")).MustSucceed();
        var listed = (await RunAsync("user", "ls")).MustSucceed();
        Assert.Contains(key.Id, listed, StringComparison.Ordinal);
        Assert.Contains($"{second.Id} (disabled)", listed, StringComparison.Ordinal);
        Assert.Contains("read lake/logs/", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Secret, listed, StringComparison.Ordinal);

        (await RunAsync("grant", "rm", "ann", "lake/logs/")).MustSucceed();
        (await RunAsync("user", "key", "rm", "ann", second.Id)).MustSucceed();
        var grants = (await RunAsync("grant", "ls")).MustSucceed();
        Assert.Contains("admin", grants, StringComparison.Ordinal);
        Assert.DoesNotContain("logs", grants, StringComparison.Ordinal);
        Assert.Equal("deleted ann", (await RunAsync("user", "rm", "ann")).MustSucceed().Trim());
        Assert.DoesNotContain("ann", (await RunAsync("user", "ls")).MustSucceed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_OnTheCommandLine_AreToldWithAHint()
    {
        await using var server = await StartAsync();
        (await RunAsync("user", "add", "anna")).MustSucceed();
        var absent = await RunAsync("grant", "add", "annna", "read", "lake");
        var pattern = await RunAsync("grant", "add", "anna", "read", "lake/*");
        var half = await RunAsync("user", "add", "bob", "--key-id", "MYOWNKEYMYOWNKEY");
        var root = await RunAsync("user", "add", "root");
        Assert.All([absent, pattern, half, root], output => Assert.Equal(1, output.ExitCode));
        Assert.Contains("did you mean 'anna'?", absent.Error, StringComparison.Ordinal);
        Assert.Contains("wildcard", pattern.Error, StringComparison.Ordinal);
        Assert.Contains("--secret-stdin", half.Error, StringComparison.Ordinal);
        Assert.Contains("credentials file", root.Error, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Delete(recursive: true);

    private static async Task DeniedAsync(Func<Task> request, bool hasBody = true)
    {
        var denied = await Assert.ThrowsAsync<AmazonS3Exception>(request);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        if (hasBody)
        {
            Assert.Equal("AccessDenied", denied.ErrorCode);
        }
    }

    private static PutObjectRequest Put(string bucket, string key) =>
        new() { BucketName = bucket, Key = key, ContentBody = "text" };

    private static AmazonS3Client Client(TarnServerProcess server, (string Id, string Secret) key) => new(
        new BasicAWSCredentials(key.Id, key.Secret),
        new AmazonS3Config
        {
            ServiceURL = server.Aws.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1",
        });

    private static (string Id, string Secret) KeyOf(string output)
    {
        var lines = output.Trim().Split('\n')
            .Select(line => line.Split(" = "))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return (lines["aws_access_key_id"], lines["aws_secret_access_key"]);
    }

    private Task<ClientOutput> RunAsync(params IEnumerable<string> arguments) =>
        TarnExecutable.RunAsync([.. arguments, "--data", Path.Combine(directory.FullName, "data")]);

    private Task<TarnServerProcess> StartAsync() =>
        TarnServerProcess.StartAsync("--data", Path.Combine(directory.FullName, "data"));
}
