using System.Text.Json.Nodes;
using Tarn.Benchmarks.Lakes;

namespace Tarn.Benchmarks.Ingest.Wire;

/// <summary>
/// The calls around a round: make a stream, find its shards, delete it. Each has a connection of its own, as servers of
/// Node close one that was idle for five seconds.
/// </summary>
internal sealed class StreamClient(Uri address)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ReadyTimeMax = TimeSpan.FromSeconds(20);

    public async Task CreateAsync(string stream, int shards)
    {
        await CallAsync("CreateStream", new JsonObject { ["StreamName"] = stream, ["ShardCount"] = shards });
        using var limit = new CancellationTokenSource(ReadyTimeMax);
        while ((string?)(await DescribeAsync(stream))["StreamStatus"] != "ACTIVE")
        {
            await Task.Delay(PollInterval, limit.Token);
        }
    }

    public async Task<IReadOnlyList<string>> ShardsAsync(string stream) =>
        [.. (await DescribeAsync(stream))["Shards"]!.AsArray().Select(shard => (string)shard!["ShardId"]!)];

    public async Task<string> IteratorAsync(string stream, string shard)
    {
        var answer = await CallAsync("GetShardIterator", new JsonObject
        {
            ["StreamName"] = stream,
            ["ShardId"] = shard,
            ["ShardIteratorType"] = "TRIM_HORIZON",
        });
        return (string)answer!["ShardIterator"]!;
    }

    public Task DeleteAsync(string stream) => CallAsync("DeleteStream", new JsonObject { ["StreamName"] = stream });

    private async Task<JsonNode> DescribeAsync(string stream) =>
        (await CallAsync("DescribeStream", new JsonObject { ["StreamName"] = stream }))!["StreamDescription"]!;

    private async Task<JsonNode?> CallAsync(string operation, JsonObject input)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(input.ToJsonString());
        var request = new RequestSigner(BenchmarkLake.Key, WireService.Kinesis, address).Sign(operation, body);
        using var connection = await WireConnection.OpenAsync(address);
        var answer = await connection.ExchangeAsync(request);
        return answer.Length == 0 ? null : JsonNode.Parse(answer.Span);
    }
}
