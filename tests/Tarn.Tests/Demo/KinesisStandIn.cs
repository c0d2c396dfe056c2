using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tarn.Tests.Demo;

/// <summary>
/// A stream of two shards behind a real HTTP port whose puts and reads can be made to fail at each point where a
/// killed server could have been.
/// </summary>
internal sealed class KinesisStandIn : IAsyncDisposable
{
    private const int PageRecordsMax = 7;

    private readonly Lock gate = new();
    private readonly List<string>[] shards = [[], []];
    private readonly ConcurrentQueue<PutFault> faults = [];
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication application;
    private int readFaults;

    private KinesisStandIn(WebApplication application) => this.application = application;

    public Uri Address => new(application.Urls.First());

    /// <summary>Completes with the first put answered in full after the last fault.</summary>
    public Task Drained => drained.Task;

    /// <summary>Every record stored, as its JSON.</summary>
    public IReadOnlyList<JsonNode> Stored
    {
        get
        {
            lock (gate)
            {
                return [.. shards.SelectMany(shard => shard)
                    .Select(data => JsonNode.Parse(Convert.FromBase64String(data))!)];
            }
        }
    }

    public static async Task<KinesisStandIn> StartAsync(IEnumerable<PutFault> faults, int readFaults)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = null);
        var standIn = new KinesisStandIn(builder.Build()) { readFaults = readFaults };
        foreach (var fault in faults)
        {
            standIn.faults.Enqueue(fault);
        }

        standIn.application.Run(standIn.HandleAsync);
        await standIn.application.StartAsync();
        return standIn;
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var input = (await JsonNode.ParseAsync(context.Request.Body))!;
        switch (context.Request.Headers["X-Amz-Target"].ToString().Split('.')[1])
        {
            case "PutRecords":
                await PutAsync(context, input["Records"]!.AsArray());
                break;
            case "ListShards":
                await context.Response.WriteAsJsonAsync(new { Shards = new[] { Shard(0), Shard(1) } });
                break;
            case "GetShardIterator":
                var after = (string?)input["StartingSequenceNumber"];
                var next = after is null ? 0 : int.Parse(after) / 2;
                await context.Response.WriteAsJsonAsync(
                    new { ShardIterator = $"{(string)input["ShardId"]!}/{next}" });
                break;
            case "GetRecords":
                await ReadAsync(context, (string)input["ShardIterator"]!);
                break;
        }
    }

    private async Task PutAsync(HttpContext context, JsonArray records)
    {
        var fault = faults.TryDequeue(out var next) ? next : PutFault.None;
        var rows = records.Select((record, i) => Store(record!, i, fault)).ToList();
        switch (fault)
        {
            case PutFault.CloseBeforeStoring or PutFault.CloseAfterHalf or PutFault.CloseAfterStoring:
                context.Abort();
                return;
            case PutFault.ErrorAfterHalf:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                await context.Response.WriteAsync("out of order");
                return;
            case PutFault.CutAnswer:
                context.Response.ContentLength = 100_000;
                await context.Response.WriteAsync("{\"Records\":[");
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
        }

        await context.Response.WriteAsJsonAsync(new { Records = rows });
        if (fault == PutFault.None && faults.IsEmpty)
        {
            drained.TrySetResult();
        }
    }

    /// <summary>
    /// Sequence numbers of shard 0 are even, of shard 1 odd: 2 * place + shard, places counted from 1.
    /// </summary>
    private object Store(JsonNode record, int index, PutFault fault)
    {
        var isStored = fault switch
        {
            PutFault.CloseBeforeStoring or PutFault.RefuseAll => false,
            PutFault.CloseAfterHalf or PutFault.ErrorAfterHalf => index % 2 == 0,
            PutFault.RefuseEveryThird => index % 3 != 2,
            _ => true,
        };
        if (!isStored)
        {
            return new { ErrorCode = "ProvisionedThroughputExceededException", ErrorMessage = "slow down" };
        }

        lock (gate)
        {
            var shard = ((string)record["PartitionKey"]!)[^1] % 2;
            shards[shard].Add((string)record["Data"]!);
            return new { ShardId = $"shard-{shard}", SequenceNumber = $"{(2 * shards[shard].Count) + shard}" };
        }
    }

    private async Task ReadAsync(HttpContext context, string iterator)
    {
        if (Interlocked.Decrement(ref readFaults) >= 0)
        {
            context.Abort();
            return;
        }

        var shard = iterator[6] - '0';
        var from = int.Parse(iterator[8..]);
        string[] page;
        int left;
        lock (gate)
        {
            page = [.. shards[shard].Skip(from).Take(PageRecordsMax)];
            left = shards[shard].Count - from - page.Length;
        }

        await context.Response.WriteAsJsonAsync(new
        {
            Records = page.Select(data => new { Data = data }),
            NextShardIterator = $"shard-{shard}/{from + page.Length}",
            MillisBehindLatest = left,
        });
    }

    private static object Shard(int shard) => new { ShardId = $"shard-{shard}" };
}
