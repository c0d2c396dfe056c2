using System.Diagnostics;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Ingest;
using Tarn.Benchmarks.Ingest.Servers;
using Tarn.Benchmarks.Ingest.Wire;

namespace Tarn.Benchmarks.Scale;

/// <summary>
/// A thousand streams of one shard, each with records: how long the whole server takes from its start as a process to
/// the line that says it is ready, and its memory when nobody calls. Beside the same server without a stream.
/// </summary>
internal static class ManyStreams
{
    private const int StreamCount = 1_000;
    private const int StartCount = 3;
    private const int SampleCount = 10;
    private const int CheckEvery = 100;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(string directory)
    {
        var table = new FigureTable(
            $"{StreamCount} streams of one shard", "server", "ready after ms, fastest", "median", "idle memory, MB");
        await StartAsync(table, "without streams", Path.Combine(directory, "empty"), streams: 0);
        var full = Path.Combine(directory, "full");
        using (var server = await Targets.StartTarnAsync(full))
        {
            using var connection = await WireConnection.OpenAsync(server.Address);
            var client = new StreamClient(server.Address);
            for (var i = 0; i < StreamCount; i++)
            {
                await client.CreateAsync($"stream-{i:D4}", shards: 1);
                await connection.ExchangeAsync(
                    PutRequests.Make(server.Address, $"stream-{i:D4}", PutShape.Usual, requests: 1)[0]);
            }
        }

        await StartAsync(table, $"with {StreamCount} streams", full, StreamCount);
        table.Print();
    }

    private static async Task StartAsync(FigureTable table, string name, string directory, int streams)
    {
        var ready = new List<double>();
        double memory = 0;
        for (var start = 0; start < StartCount; start++)
        {
            var clock = Stopwatch.StartNew();
            using var server = await Targets.StartTarnAsync(directory);
            ready.Add(clock.Elapsed.TotalMilliseconds);
            for (var i = 0; i < streams; i += CheckEvery)
            {
                await CheckAsync(server, $"stream-{i:D4}");
            }

            var samples = new List<double>();
            for (var i = 0; start == StartCount - 1 && i < SampleCount; i++)
            {
                await Task.Delay(SampleInterval);
                samples.Add(server.MemoryBytes / 1e6);
            }

            memory = samples.Count == 0 ? 0 : samples.Max();
        }

        table.Add(
            name, FigureText.Number(ready.Min()), FigureText.Number(ready.Median()), FigureText.Number(memory));
    }

    private static async Task CheckAsync(ServerProcess server, string stream)
    {
        var shards = await new StreamClient(server.Address).ShardsAsync(stream);
        var read = await ReadBack.RunAsync(server, stream, shards);
        Totals.MustEqual(PutRequests.RecordsPerRequest, read.Records, $"records of {stream}");
    }
}
