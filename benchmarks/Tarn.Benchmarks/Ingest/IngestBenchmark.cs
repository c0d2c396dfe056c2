using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Ingest.Servers;
using Tarn.Benchmarks.Ingest.Wire;

namespace Tarn.Benchmarks.Ingest;

/// <summary>
/// PutRecords of 500 records of 118 bytes against servers in processes of their own, and GetRecords of all that was
/// put; then other shapes of puts. The servers take turns within a round, so that a disturbance of the machine meets
/// all of them. A server that does not answer within ten seconds is left out of the rounds after.
/// </summary>
internal sealed class IngestBenchmark(BenchmarkOptions options, string directory)
{
    private const int Shards = 4;
    private const int CeilingAnswers = 50;
    private const int OtherConnections = 16;

    private static readonly int[] ConnectionCounts = [1, 4, 16];

    private readonly IngestFigures _figures = new();
    private readonly HashSet<(string Target, int Connections)> _silent = [];

    public async Task RunAsync()
    {
        var targets = await Targets.StartAsync(directory);
        try
        {
            foreach (var target in targets)
            {
                await RunRoundAsync(target, "warm-up", PutShape.Usual, connections: target.KeepsRecords ? 1 : 4);
            }

            _figures.Clear();
            for (var round = 1; round <= options.Rounds; round++)
            {
                foreach (var connections in ConnectionCounts)
                {
                    foreach (var target in targets)
                    {
                        await RunRoundAsync(target, $"round-{round}-{connections}", PutShape.Usual, connections);
                    }
                }

                foreach (var target in targets.Where(target => target.Name is Targets.Tarn or Targets.Kinesalite))
                {
                    for (var i = 0; i < PutShape.Others.Count; i++)
                    {
                        await RunRoundAsync(target, $"other-{round}-{i}", PutShape.Others[i], OtherConnections);
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

        _figures.PrintPuts(targets, ConnectionCounts);
        _figures.PrintOthers(targets, OtherConnections);
        _figures.PrintReads();
    }

    private async Task RunRoundAsync(Target target, string stream, PutShape shape, int connections)
    {
        var (server, duration) = (target.Server, TimeSpan.FromSeconds(options.Seconds));
        if (_silent.Contains((target.Name, connections)))
        {
            return;
        }

        var client = new StreamClient(server.Address);
        if (target.KeepsRecords)
        {
            await client.CreateAsync(stream, Shards);
        }

        var requests = PutRequests.Make(server.Address, stream, shape);
        if (await PutLoad.RunAsync(server, requests, shape, connections, duration) is not { } put)
        {
            _silent.Add((target.Name, connections));
            return;
        }

        _figures.Add(target, shape, connections, put);
        if (target.KeepsRecords)
        {
            var read = await ReadBack.RunAsync(server, stream, await client.ShardsAsync(stream));
            Totals.MustEqual(put.Records, read.Records, $"records of {target.Name} read back");
            if (shape == PutShape.Usual)
            {
                _figures.Add(target, read);
            }

            await client.DeleteAsync(stream);
        }
        else if (target.Name == Targets.Discard)
        {
            _figures.Add(target, await ReadBack.RunCeilingAsync(server, Shards, CeilingAnswers));
        }
    }
}
