using System.Collections.Concurrent;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Storage;

/// <summary>A lake whose objects are kept by a second server, with everything that reads and writes them.</summary>
public sealed class RemoteLakeTests
{
    private const string Records = "flights-10k.jsonl.gz";
    private const string LateFlights = "SELECT count_if(delay > 15) AS late FROM curated.flights";

    [Fact]
    public async Task PutDeliverRunQuery_ObjectsInASecondServer_CountEveryFlight()
    {
        await using var lake = await RemoteLake.StartAsync();
        await PutRecordsAsync(lake);
        (await lake.RunAsync("delivery", "flush", "flights")).MustSucceed();
        (await lake.RunAsync("job", "run", "curate_flights")).MustSucceed();
        Assert.Equal("2194", await lake.CellAsync(LateFlights));

        using var s3 = lake.Storage.S3();
        var kept = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = RemoteLake.Bucket });
        var names = kept.S3Objects.ConvertAll(entry => entry.Key);
        Assert.Contains(names, name => name.EndsWith(".json.gz", StringComparison.Ordinal));
        Assert.Contains(names, name => name.EndsWith(".parquet", StringComparison.Ordinal));
        Assert.All(names, name => Assert.StartsWith(RemoteLake.Prefix, name, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(lake.Data, "objects")));

        Directory.Delete(Path.Combine(lake.Data, "cache"), recursive: true);
        await lake.RestartAsync();
        Assert.Equal("2194", await lake.CellAsync(LateFlights));
    }

    [Fact]
    public async Task StorageDown_RequestsSaySoAndDeliveryGoesOnWhenItIsBack()
    {
        await using var lake = await RemoteLake.StartAsync();
        await lake.StopStorageAsync();
        using var s3 = Client(lake);
        var refused = await Assert.ThrowsAnyAsync<AmazonS3Exception>(
            () => s3.PutObjectAsync(new PutObjectRequest { BucketName = "lake", Key = "k", ContentBody = "hello" }));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("ServiceUnavailable", refused.ErrorCode);
        Assert.Contains("putting s3://lake/k failed", refused.Message, StringComparison.Ordinal);
        await PutRecordsAsync(lake);
        var flush = lake.RunAsync("delivery", "flush", "flights");
        var query = await lake.RunAsync("sql", "SELECT count(*) FROM raw.flights");
        Assert.NotEqual(0, query.ExitCode);
        Assert.Contains("check that the storage is up", query.Error, StringComparison.Ordinal);

        await lake.ReturnStorageAsync();
        await flush;
        (await lake.RunAsync("delivery", "flush", "flights")).MustSucceed();
        Assert.Equal("10000", await lake.CellAsync("SELECT count(*) AS flights FROM raw.flights"));
    }

    [Fact]
    public async Task Kill_AmongPutsAndUploads_NothingAcknowledgedIsLost()
    {
        const int AcknowledgedMin = 12, UploadBytes = 12 << 20;
        await using var lake = await RemoteLake.StartAsync();
        var kept = new ConcurrentDictionary<string, byte[]>();
        var enough = new TaskCompletionSource();
        using (var s3 = Client(lake))
        {
            var writers = new[] { 100, 20_000, UploadBytes }.Select((size, writer) => WriteAsync(s3, writer, size));
            var ended = Task.WhenAll(writers);
            await Task.WhenAny(enough.Task, ended);
            await lake.RestartAsync();
            await ended;
        }

        Assert.True(kept.Count >= AcknowledgedMin);
        using var reader = Client(lake);
        foreach (var (key, bytes) in kept)
        {
            using var found = await reader.GetObjectAsync("lake", key);
            var copy = new MemoryStream();
            await found.ResponseStream.CopyToAsync(copy);
            Assert.Equal(bytes, copy.ToArray());
        }

        var listed = await reader.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = "lake", Prefix = "written/" });
        Assert.Empty(kept.Keys.Except(listed.S3Objects.Select(entry => entry.Key)));
        Assert.All(listed.S3Objects, entry => Assert.True(entry.Size is 100 or 20_000 or UploadBytes));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(lake.Data, "staging")));

        async Task WriteAsync(IAmazonS3 s3, int writer, int size)
        {
            var random = new Random(writer);
            using var transfer = new TransferUtility(s3, new TransferUtilityConfig
            {
                MinSizeBeforePartUpload = 6 << 20, ConcurrentServiceRequests = 2,
            });
            for (var i = 0; ; i++)
            {
                var (key, bytes) = ($"written/{writer}/{i}", new byte[size]);
                random.NextBytes(bytes);
                try
                {
                    await transfer.UploadAsync(new MemoryStream(bytes), "lake", key);
                }
                catch (Exception failure) when (
                    failure is AmazonClientException or AmazonServiceException or HttpRequestException or IOException)
                {
                    return;
                }

                kept[key] = bytes;
                if (kept.Count >= AcknowledgedMin && kept.ContainsKey("written/2/0"))
                {
                    enough.TrySetResult();
                }
            }
        }
    }

    private static async Task PutRecordsAsync(RemoteLake lake) => (await lake.RunAsync(
        "put", "--stream", "flights", Path.Combine(RemoteLake.Example, "data", Records))).MustSucceed();

    private static AmazonS3Client Client(RemoteLake lake) => new(
        new BasicAWSCredentials(lake.Server.AccessKeyId, lake.Server.Secret),
        new AmazonS3Config
        {
            ServiceURL = lake.Server.Aws.ToString(), ForcePathStyle = true, MaxErrorRetry = 0,
        });
}
