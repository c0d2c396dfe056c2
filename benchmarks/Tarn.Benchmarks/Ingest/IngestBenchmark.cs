using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Ingest.Servers;
using Tarn.Benchmarks.Ingest.Wire;

namespace Tarn.Benchmarks.Ingest;

/// <summary>
/// PutRecords of 500 records of 118 bytes against servers in processes of their own, and GetRecords of all that was
/// put. The servers take turns within a round, so that a disturbance of the machine meets all of them.
/// </summary>
internal sealed class IngestBenchmark(BenchmarkOptions options, string directory)
{
    private const int Shards = 4;
    private const int CeilingAnswers = 50;

    private static readonly int[] ConnectionCounts = [1, 4, 16];

    private readonly Dictionary<(string Target, int Connections), List<PutRound>> _puts = [];
    private readonly Dictionary<string, List<ReadRound>> _reads = [];

    public async Task RunAsync()
    {
        var targets = await Targets.StartAsync(directory);
        try
        {
            foreach (var target in targets)
            {
                await RunRoundAsync(target, "warm-up", connections: 4);
            }

            _puts.Clear();
            _reads.Clear();
            for (var round = 1; round <= options.Rounds; round++)
            {
                foreach (var connections in ConnectionCounts)
                {
                    foreach (var target in targets)
                    {
                        await RunRoundAsync(target, $"round-{round}-{connections}", connections);
                    }
                }
            }
        }
        finally
        {
            foreach (var target in targets)
            {
                target.Server.Dispose();
            }
        }

        PrintPuts(targets);
        PrintReads();
    }

    private async Task RunRoundAsync(Target target, string stream, int connections)
    {
        var (server, duration) = (target.Server, TimeSpan.FromSeconds(options.Seconds));
        using var connection = await WireConnection.OpenAsync(server.Address);
        var client = new StreamClient(connection, server.Address);
        if (target.KeepsRecords)
        {
            await client.CreateAsync(stream, Shards);
        }

        var requests = PutRequests.Make(server.Address, stream, PutRequests.DistinctRequests);
        var put = await PutLoad.RunAsync(server, requests, connections, duration);
        Add(_puts, (target.Name, connections), put);
        if (target.KeepsRecords)
        {
            var read = await ReadBack.RunAsync(server, stream, await client.ShardsAsync(stream));
            Totals.MustEqual(put.Records, read.Records, $"records of {target.Name} read back");
            Add(_reads, target.Name, read);
            await client.DeleteAsync(stream);
        }
        else if (target.Name == Targets.Discard)
        {
            Add(_reads, target.Name, await ReadBack.RunCeilingAsync(server, Shards, CeilingAnswers));
        }
    }

    private void PrintPuts(IReadOnlyList<Target> targets)
    {
        var table = new FigureTable(
            "PutRecords, 500 records of 118 bytes a request, 4 shards, signed",
            "target", "connections", "records/s", "p50 ms", "p99 ms", "server CPU ns/record", "tarn / this");
        foreach (var connections in ConnectionCounts)
        {
            var tarn = _puts[(Targets.Tarn, connections)].Select(round => round.RecordsPerSecond).Median();
            foreach (var target in targets)
            {
                var rounds = _puts[(target.Name, connections)];
                var rate = rounds.Select(round => round.RecordsPerSecond).Median();
                table.Add(
                    target.Name,
                    $"{connections}",
                    FigureText.Rate(rate),
                    FigureText.Number(rounds.Select(round => round.P50).Median()),
                    FigureText.Number(rounds.Select(round => round.P99).Median()),
                    FigureText.Number(rounds.Select(round => round.CpuNanoseconds).Median()),
                    FigureText.Ratio(tarn / rate));
            }
        }

        table.Print();
    }

    private void PrintReads()
    {
        var table = new FigureTable(
            "GetRecords of the whole stream, a connection per shard",
            "target", "records/s", "server CPU ns/record", "tarn / this");
        var tarn = _reads[Targets.Tarn].Select(round => round.RecordsPerSecond).Median();
        foreach (var (target, rounds) in _reads)
        {
            var rate = rounds.Select(round => round.RecordsPerSecond).Median();
            table.Add(
                target,
                FigureText.Rate(rate),
                FigureText.Number(rounds.Select(round => round.CpuNanoseconds).Median()),
                FigureText.Ratio(tarn / rate));
        }

        table.Print();
    }

    private static void Add<TKey, TRound>(Dictionary<TKey, List<TRound>> rounds, TKey key, TRound round)
        where TKey : notnull
    {
        if (!rounds.TryGetValue(key, out var list))
        {
            rounds[key] = list = [];
        }

        list.Add(round);
    }
}
