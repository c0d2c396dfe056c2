using System.Text.Json;
using Tarn.Clients.Tests.Servers;
using Tarn.Testing;

namespace Tarn.Clients.Tests.S3;

/// <summary>Debian's aws cli: its <c>s3</c> commands and the calls of <c>s3api</c> that people make by hand.</summary>
public sealed class AwsCliS3Tests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Cli = "/usr/bin/aws";

    [ClientFact(Cli)]
    public async Task Sync_ThereAndBackWithDelete_MakesBothFoldersEqual()
    {
        using var directory = new TempDirectory();
        var from = SampleFiles.WriteFolder(directory.Path + "/from");
        await OkAsync("s3", "mb", "s3://cli-sync");
        await OkAsync("s3", "sync", from, "s3://cli-sync/at");
        await OkAsync("s3", "sync", "s3://cli-sync/at", directory.Path + "/to");
        SampleFiles.MustBeEqual(from, directory.Path + "/to");

        File.Delete(Path.Combine(from, "a.txt"));
        SampleFiles.Write(Path.Combine(from, "new.txt"), 10);
        var second = await OkAsync("s3", "sync", "--delete", from, "s3://cli-sync/at");
        await OkAsync("s3", "sync", "--delete", "s3://cli-sync/at", directory.Path + "/to");

        Assert.Equal(2, second.Split('\n').Count(line => line.Contains(": s3:") || line.Contains(" to s3:")));
        SampleFiles.MustBeEqual(from, directory.Path + "/to");
    }

    [ClientFact(Cli)]
    public async Task ListAndRemove_OfFoldersAndBuckets_DoWhatTheySay()
    {
        using var directory = new TempDirectory();
        var from = SampleFiles.WriteFolder(directory.Path + "/from");
        await OkAsync("s3", "mb", "s3://cli-removed");
        await OkAsync("s3", "cp", "--recursive", from, "s3://cli-removed/");
        var listed = await OkAsync("s3", "ls", "s3://cli-removed");
        var summary = await OkAsync("s3", "ls", "--recursive", "--summarize", "s3://cli-removed");
        await OkAsync("s3", "rm", "s3://cli-removed/a.txt");
        await OkAsync("s3", "rm", "--recursive", "s3://cli-removed/deep");
        var refused = await RunAsync("s3", "rb", "s3://cli-removed");
        await OkAsync("s3", "rb", "--force", "s3://cli-removed");

        Assert.Equal(
            ["PRE deep/", "PRE ünï/", "a.txt", "empty"],
            listed.TrimEnd().Split('\n').Select(line => line.Trim()).Select(line =>
                line.StartsWith("PRE", StringComparison.Ordinal) ? line : line.Split(' ')[^1]));
        Assert.Contains("Total Objects: 6", summary, StringComparison.Ordinal);
        Assert.Contains("BucketNotEmpty", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("cli-removed", await OkAsync("s3", "ls"), StringComparison.Ordinal);
    }

    [ClientFact(Cli)]
    public async Task S3Api_MetadataRangesAndPages_AreAnswered()
    {
        using var directory = new TempDirectory();
        var file = SampleFiles.Write(directory.Path + "/data.bin", 1000);
        string[] bucket = ["--bucket", "cli-api"];
        await OkAsync(["s3api", "create-bucket", .. bucket]);
        foreach (var key in (string[])["k/1", "k/2", "k/3"])
        {
            await OkAsync([
                "s3api", "put-object", .. bucket, "--key", key, "--body", file, "--content-type", "text/x-tarn",
                "--metadata", "who=cli", "--cache-control", "no-store"]);
        }

        var head = await JsonAsync(["s3api", "head-object", .. bucket, "--key", "k/1"]);
        var part = await JsonAsync([
            "s3api", "get-object", .. bucket, "--key", "k/1", "--range", "bytes=-10", directory.Path + "/part"]);
        var page = await JsonAsync([
            "s3api", "list-objects-v2", .. bucket, "--prefix", "k/", "--max-items", "2", "--page-size", "1"]);
        var location = await JsonAsync(["s3api", "get-bucket-location", .. bucket]);
        var deleted = await JsonAsync([
            "s3api", "delete-objects", .. bucket, "--delete", "Objects=[{Key=k/1},{Key=k/none}]"]);

        Assert.Equal("cli", head.GetProperty("Metadata").GetProperty("who").GetString());
        Assert.Equal("text/x-tarn", head.GetProperty("ContentType").GetString());
        Assert.Equal("no-store", head.GetProperty("CacheControl").GetString());
        Assert.Equal("bytes 990-999/1000", part.GetProperty("ContentRange").GetString());
        Assert.Equal(File.ReadAllBytes(file)[^10..], File.ReadAllBytes(directory.Path + "/part"));
        Assert.Equal(2, page.GetProperty("Contents").GetArrayLength());
        Assert.True(page.TryGetProperty("NextToken", out _));
        Assert.Equal(JsonValueKind.Null, location.GetProperty("LocationConstraint").ValueKind);
        Assert.Equal(2, deleted.GetProperty("Deleted").GetArrayLength());
        var gone = await RunAsync(["s3api", "head-object", .. bucket, "--key", "k/1"]);
        Assert.Contains("(404)", gone.Error, StringComparison.Ordinal);
    }

    private async Task<string> OkAsync(params string[] arguments) => (await RunAsync(arguments)).MustSucceed();

    private async Task<JsonElement> JsonAsync(string[] arguments)
    {
        using var document = JsonDocument.Parse(await OkAsync(arguments));
        return document.RootElement.Clone();
    }

    private Task<ClientOutput> RunAsync(params string[] arguments) => fixture.RunAsync(
        Cli, ["--endpoint-url", fixture.Server.Aws.ToString(), "--output", "json", .. arguments]);
}
