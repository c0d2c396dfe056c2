using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Amazon.S3.Model;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.S3;

/// <summary>What a server tells of its objects, and what it has expire, over kill -9, as the aws cli sees it.</summary>
public sealed class ObjectEventTests : IAsyncLifetime
{
    private const string Cli = "/usr/bin/aws";
    private const string Stream = "arrivals";
    private const string Bucket = "told";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tarn-events-");
    private TarnServerProcess server = null!;

    public async Task InitializeAsync() => server = await StartAsync();

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        directory.Delete(recursive: true);
    }

    [ClientFact(Cli)]
    public async Task Put_OfABucketThatTells_IsOnTheStream()
    {
        await OkAsync("kinesis", "create-stream", "--stream-name", Stream, "--shard-count", "1");
        await OkAsync("s3api", "create-bucket", "--bucket", Bucket);
        await TellAsync(skipsValidation: false);
        var shown = await OkAsync("s3api", "get-bucket-notification-configuration", "--bucket", Bucket);
        Assert.Equal("new", shown.GetProperty("QueueConfigurations")[0].GetProperty("Id").GetString());

        await PutAsync("raw/a file.json");
        await PutAsync("other/a.json");

        var events = await ReadAsync(count: 2);
        Assert.Equal("s3:TestEvent", events[0].GetProperty("Event").GetString());
        var record = events[1].GetProperty("Records")[0];
        Assert.Equal("ObjectCreated:Put", record.GetProperty("eventName").GetString());
        Assert.Equal("raw/a+file.json", KeyOf(events[1]));
        Assert.Equal(2, record.GetProperty("s3").GetProperty("object").GetProperty("size").GetInt64());
    }

    [ClientFact(Cli)]
    public async Task Kill_BetweenPutAndRelay_LosesNoEvent()
    {
        await OkAsync("s3api", "create-bucket", "--bucket", Bucket);
        await TellAsync(skipsValidation: true);
        for (var i = 0; i < 3; i++)
        {
            await PutAsync($"raw/before-{i}.json");
        }

        // Nothing was sent yet: the stream is not there.
        await RestartAfterKillAsync();
        await OkAsync("kinesis", "create-stream", "--stream-name", Stream, "--shard-count", "1");
        Assert.Equal(
            ["raw/before-0.json", "raw/before-1.json", "raw/before-2.json"], (await ReadAsync(count: 3)).Select(KeyOf));

        // Some were sent, some were not.
        for (var i = 0; i < 200; i++)
        {
            await PutAsync($"raw/during-{i}.json");
        }

        await RestartAfterKillAsync();
        await PutAsync("raw/last.json");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var keys = new List<string>();
        while (!keys.Contains("raw/last.json"))
        {
            await Task.Delay(50, limit.Token);
            keys = [.. (await ReadAsync(count: 204)).Select(KeyOf)];
        }

        var during = keys.Where(key => key.StartsWith("raw/during-", StringComparison.Ordinal)).Distinct();
        Assert.Equal(200, during.Count());
        Assert.Equal("raw/last.json", keys[^1]);
    }

    [ClientFact(Cli)]
    public async Task Rule_WhoseDayHasCome_IsCarriedOutAtStart()
    {
        await OkAsync("s3api", "create-bucket", "--bucket", Bucket);
        await OkAsync(
            "s3api", "put-bucket-lifecycle-configuration", "--bucket", Bucket, "--lifecycle-configuration",
            """
            {"Rules":[{"ID":"raw","Status":"Enabled","Filter":{"Prefix":"raw/"},"Expiration":{"Date":"2024-01-01"}}]}
            """);
        var shown = await OkAsync("s3api", "get-bucket-lifecycle-configuration", "--bucket", Bucket);
        Assert.Equal("raw", shown.GetProperty("Rules")[0].GetProperty("ID").GetString());
        await PutAsync("raw/a");
        await PutAsync("kept");
        var head = await OkAsync("s3api", "head-object", "--bucket", Bucket, "--key", "raw/a");
        Assert.Equal(
            "expiry-date=\"Mon, 01 Jan 2024 00:00:00 GMT\", rule-id=\"raw\"",
            head.GetProperty("Expiration").GetString());

        await RestartAfterKillAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await KeysAsync() is not ["kept"])
        {
            await Task.Delay(100, limit.Token);
        }

        using var http = new HttpClient();
        var key = Encoding.UTF8.GetBytes($"{server.AccessKeyId}:{server.Secret}");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(key));
        Assert.Contains(
            "tarn_lifecycle_expired_objects_total", await http.GetStringAsync(new Uri(server.Console, "/metrics")),
            StringComparison.Ordinal);
    }

    private static string KeyOf(JsonElement message) => message.GetProperty("Records")[0].GetProperty("s3")
        .GetProperty("object").GetProperty("key").GetString()!;

    private Task<TarnServerProcess> StartAsync() =>
        TarnServerProcess.StartAsync("--data", Path.Combine(directory.FullName, "data"));

    private async Task RestartAfterKillAsync()
    {
        await server.KillAsync();
        await server.DisposeAsync();
        server = await StartAsync();
    }

    private async Task TellAsync(bool skipsValidation)
    {
        const string Rules =
            "{\"QueueConfigurations\":[{\"Id\":\"new\",\"QueueArn\":\"arn:aws:kinesis:us-east-1:000000000000:stream/"
            + Stream + "\",\"Events\":[\"s3:ObjectCreated:*\"],\"Filter\":{\"Key\":{\"FilterRules\":"
            + "[{\"Name\":\"prefix\",\"Value\":\"raw/\"}]}}}]}";
        string[] command =
        [
            "s3api", "put-bucket-notification-configuration", "--bucket", Bucket, "--notification-configuration", Rules,
        ];
        await OkAsync(skipsValidation ? [.. command, "--skip-destination-validation"] : command);
    }

    private async Task PutAsync(string key)
    {
        using var s3 = server.S3();
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, ContentBody = "{}" });
    }

    private async Task<IReadOnlyList<string>> KeysAsync()
    {
        using var s3 = server.S3();
        var page = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket });
        return [.. (page.S3Objects ?? []).Select(found => found.Key)];
    }

    /// <summary>Waits until the stream has this many messages; all of them.</summary>
    private async Task<IReadOnlyList<JsonElement>> ReadAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var iterator = (await OkAsync(
                "kinesis", "get-shard-iterator", "--stream-name", Stream, "--shard-id", "shardId-000000000000",
                "--shard-iterator-type", "TRIM_HORIZON")).GetProperty("ShardIterator").GetString()!;
            var records = (await OkAsync("kinesis", "get-records", "--shard-iterator", iterator))
                .GetProperty("Records");
            if (records.GetArrayLength() >= count)
            {
                return
                [
                    .. records.EnumerateArray().Select(
                        record => JsonDocument.Parse(record.GetProperty("Data").GetBytesFromBase64()).RootElement),
                ];
            }

            await Task.Delay(100, limit.Token);
        }
    }

    private async Task<JsonElement> OkAsync(params IEnumerable<string> command)
    {
        var start = new ProcessStartInfo(
            Cli, ["--endpoint-url", server.Aws.GetLeftPart(UriPartial.Authority), .. command]);
        server.Describe(start);
        var output = (await ClientOutput.OfAsync(start)).MustSucceed();
        return output.Trim().Length == 0 ? default : JsonDocument.Parse(output).RootElement;
    }
}
