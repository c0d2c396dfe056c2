using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Storage;

/// <summary>A lake whose objects are kept by a second server, with everything that reads and writes them.</summary>
public sealed class RemoteLakeTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tarn-remote-lake-");

    private string Data => Path.Combine(directory.FullName, "lake");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task PutDeliverRunQuery_ObjectsInASecondServer_CountEveryFlight()
    {
        await using var storage = await TarnServerProcess.StartAsync(
            "--data", Path.Combine(directory.FullName, "storage"));
        using var s3 = Client(storage);
        await s3.PutBucketAsync("company-data");
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "tarn.yaml"), $"""
            storage: s3://company-data/tarn/one?endpoint={storage.Aws}&region=eu-west-1
            storage_access_key_id: {storage.AccessKeyId}
            storage_secret_access_key: {storage.Secret}
            """);
        var example = Path.Combine(TarnExecutable.Root, "examples", "flights");
        var lake = await TarnServerProcess.StartAsync("--data", Data, "--project", example);
        (await TarnExecutable.RunAsync(
            "put", "--data", Data, "--stream", "flights", Path.Combine(example, "data", "flights-10k.jsonl.gz")))
            .MustSucceed();
        (await TarnExecutable.RunAsync("delivery", "flush", "flights", "--data", Data)).MustSucceed();
        (await TarnExecutable.RunAsync("job", "run", "curate_flights", "--data", Data)).MustSucceed();
        Assert.Equal("2194", await LateFlightsAsync());

        var kept = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "company-data" });
        var names = kept.S3Objects.ConvertAll(entry => entry.Key);
        Assert.Contains(names, name => name.EndsWith(".json.gz", StringComparison.Ordinal));
        Assert.Contains(names, name => name.EndsWith(".parquet", StringComparison.Ordinal));
        Assert.All(names, name => Assert.StartsWith("tarn/one/", name, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(Data, "objects")));

        await lake.KillAsync();
        await lake.DisposeAsync();
        Directory.Delete(Path.Combine(Data, "cache"), recursive: true);
        await using var again = await TarnServerProcess.StartAsync("--data", Data);
        Assert.Equal("2194", await LateFlightsAsync());

        await storage.KillAsync();
        var down = await TarnExecutable.RunAsync("sql", "--data", Data, "SELECT count(*) FROM curated.flights");
        Assert.NotEqual(0, down.ExitCode);
        Assert.Contains("check that the storage is up", down.Error, StringComparison.Ordinal);
    }

    private async Task<string?> LateFlightsAsync()
    {
        var answer = await TarnExecutable.RunAsync(
            "sql", "--data", Data, "--format", "json", "SELECT count_if(delay > 15) AS late FROM curated.flights");
        using var row = JsonDocument.Parse(answer.MustSucceed());
        return row.RootElement.GetProperty("late").GetString();
    }

    private static AmazonS3Client Client(TarnServerProcess server) => new(
        new BasicAWSCredentials(server.AccessKeyId, server.Secret),
        new AmazonS3Config { ServiceURL = server.Aws.ToString(), ForcePathStyle = true });
}
