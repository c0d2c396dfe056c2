using System.Globalization;
using System.Text;
using Tarn.Streams.Records;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.Kills;

/// <summary>
/// What runs in the process that <see cref="DeliveryKillTests"/> kills: writers that put records for ever and say on
/// standard output what was acknowledged, while deliveries are flushed into a store of which every fifth put fails,
/// before or after it happened. What is sent follows from the seed; the moment at which it ends does not.
/// </summary>
internal sealed class KillLoad(int round, int seed)
{
    public const string Name = "deliver";

    private const double FaultShare = 0.2;
    private const int WritersPerLog = 2;

    public async Task RunAsync(string directory)
    {
        var faults = Faults.Random(HashCode.Combine(seed, round), FaultShare);
        await using var server = await KillServer.StartAsync(directory, faults);
        await KillLake.MakeAsync(server);
        var writers = Enumerable.Range(0, WritersPerLog).SelectMany(writer => new[]
        {
            PutForEverAsync(server, KillLake.Stream, writer),
            PutForEverAsync(server, KillLake.Dynamic, writer),
            PutForEverAsync(server, KillLake.Plain, writer),
        });
        await Task.WhenAll([.. writers, FlushForEverAsync(server)]);
    }

    private async Task PutForEverAsync(KillServer server, string log, int writer)
    {
        var random = new Random(HashCode.Combine(seed, round, writer, log.Length));
        for (var call = 0; ; call++)
        {
            var ids = Enumerable.Range(0, random.Next(1, 30))
                .Select(i => $"{log}/{round}/{writer}/{call}/{i}").ToList();
            StreamEntry[] entries = [.. ids.Select(id => Entry(id, random))];
            var outcomes = new AppendOutcome[entries.Length];
            if (log == KillLake.Stream)
            {
                await server.Streams.AppendAsync(log, entries, outcomes, CancellationToken.None);
            }
            else
            {
                await server.Delivery.AppendAsync(log, entries, outcomes, CancellationToken.None);
            }

            var lines = ids.Zip(outcomes).Where(pair => pair.Second.Error is null).Select(pair => $"{pair.First} .\n");
            await Console.Out.WriteAsync(string.Concat(lines));
            await Task.Delay(random.Next(4));
        }
    }

    private static StreamEntry Entry(string id, Random random)
    {
        var at = new DateTimeOffset(2026, 11, 23, random.Next(4), random.Next(60), 0, TimeSpan.Zero);
        var json = $$"""{"id":"{{id}}","game":"g{{random.Next(5)}}","at":"{{at:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""" + "\n";
        var key = random.Next(1000).ToString(CultureInfo.InvariantCulture);
        return new StreamEntry(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(json));
    }

    private async Task FlushForEverAsync(KillServer server)
    {
        var random = new Random(HashCode.Combine(seed, round));
        while (true)
        {
            await Task.Delay(random.Next(100));
            await server.Delivery.FlushAsync(
                KillLake.Deliveries[random.Next(KillLake.Deliveries.Count)], CancellationToken.None);
        }
    }
}
