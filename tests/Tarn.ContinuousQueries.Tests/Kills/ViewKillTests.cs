using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tarn.ContinuousQueries.Tests.RandomStreams;
using Tarn.DuckDb;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Testing;
using Xunit.Abstractions;

namespace Tarn.ContinuousQueries.Tests.Kills;

/// <summary>
/// A process that keeps views under load is killed (SIGKILL) again and again; after each kill every view equals the
/// same SELECT over all records of the log, and so does what sinks have put into streams and tables.
/// <c>TARN_KILL_ROUNDS=200</c> makes it the long run; <c>TARN_KILL_SEED</c> another one.
/// </summary>
public sealed class ViewKillTests(ITestOutputHelper output)
{
    private const int RoundsByDefault = 2;
    private const int SeedByDefault = 20261123;
    private const int AcknowledgementsMax = 1500;

    [Fact]
    public async Task Kill_UnderLoad_ViewsEqualBatchOverTheLog()
    {
        var rounds = Setting("TARN_KILL_ROUNDS", RoundsByDefault);
        var seed = Setting("TARN_KILL_SEED", SeedByDefault);
        using var directory = new TempDirectory();
        using var duckDb = DuckDbInstance.Open(new DuckDbOptions
        {
            AllowedDirectories = [Path.Combine(directory.Path, "objects")],
            TempDirectory = Path.Combine(directory.Path, "batch"),
            Threads = 1,
        });
        var sent = new List<string>();
        for (var round = 0; round < rounds; round++)
        {
            var random = new Random(HashCode.Combine(seed, round));
            await PutUntilKilledAsync(directory.Path, round, seed, random.Next(1, AcknowledgementsMax), sent);
            await CheckAsync(directory.Path, duckDb, sent, $"seed {seed}, round {round}");
        }

        output.WriteLine($"{rounds} rounds, seed {seed}: {sent.Count} records acknowledged");
        Assert.True(sent.Count >= rounds, $"only {sent.Count} were acknowledged");
    }

    private static async Task PutUntilKilledAsync(
        string directory, int round, int seed, int acknowledgements, List<string> sent)
    {
        var start = new ProcessStartInfo(
            "dotnet", [typeof(KillLoad).Assembly.Location, KillLoad.Name, directory, $"{round}", $"{seed}"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var seen = 0;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            Assert.False(line.StartsWith(KillLoad.Fault, StringComparison.Ordinal), line);

            // The last line may have been cut off by the kill.
            if (line.EndsWith(" .", StringComparison.Ordinal))
            {
                sent.Add(line[..^2]);
            }

            if (++seen == acknowledgements)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        Assert.True(seen >= acknowledgements, await errors);
    }

    private static async Task CheckAsync(string directory, IDuckDb duckDb, IReadOnlyList<string> sent, string what)
    {
        await using var server = await KillServer.StartAsync(directory);
        await KillViews.MakeAsync(server);
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var clients = KillViews.All.Select(view => (view.Name, Client: new ViewClient(), Changes: server.Views
            .SubscribeAsync(view.Name, TimeSpan.FromMilliseconds(1), null, giveUp.Token)
            .GetAsyncEnumerator(giveUp.Token)))
            .ToList();
        foreach (var (_, client, changes) in clients)
        {
            Assert.True(await changes.MoveNextAsync());
            client.Apply(changes.Current);
        }

        var closedAt = await PutSomeAsync(server);
        var log = await server.PayloadsAsync();
        Assert.Empty(Missing(sent, log));
        using var session = EventTable.OpenBatch(duckDb, "events", log);
        var kind = KillViews.KindOf(await server.UntilReplacedAsync(KillViews.Replaced, giveUp.Token));
        await server.Views.CatchUpAsync(KillViews.Replaced, giveUp.Token);
        TextRows.AssertEqual(
            await TextRows.ReadAsync(session, kind.BatchAt(closedAt - KillViews.Shape.Delay)),
            await server.RowsAsync(duckDb, KillViews.Replaced), $"replaced by {kind.Name}, {what}");
        foreach (var (view, (name, client, changes)) in KillViews.All.Zip(clients))
        {
            await server.Views.CatchUpAsync(name, giveUp.Token);
            var expected = await TextRows.ReadAsync(session, view.Kind.BatchAt(closedAt - KillViews.Shape.Delay));
            TextRows.AssertEqual(expected, await server.RowsAsync(duckDb, name), $"{name}, {what}");
            while (client.Version < server.Views.Find(name)!.Version)
            {
                Assert.True(await changes.MoveNextAsync());
                client.Apply(changes.Current);
            }

            TextRows.AssertEqual(expected, client.Rows, $"subscription to {name}, {what}");
            await changes.DisposeAsync();
        }

        await KillSinks.CheckAsync(server, duckDb, session, closedAt - KillViews.Shape.Delay, what);
    }

    /// <summary>Puts more while clients are connected, at last an event of one moment into every open shard.</summary>
    /// <returns>That moment.</returns>
    private static async Task<DateTime> PutSomeAsync(KillServer server)
    {
        var maker = new EventMaker(new Random(1), KillViews.Shape, firstId: -1_000_000_000);
        for (var put = 0; put < 5; put++)
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            await PutAsync([.. Enumerable.Range(0, 20).Select(_ => Entry(maker.Next(now, now), key: null))]);
        }

        var at = TimeProvider.System.GetUtcNow().UtcDateTime;
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
        var open = server.Streams.Find(EventTable.Stream)!.Shards.Where(shard => shard.ClosedAt is null);
        await PutAsync([.. open.Select(shard => Entry(maker.At(at), shard.StartingHashKey))]);
        return at;

        async Task PutAsync(IReadOnlyList<StreamEntry> entries)
        {
            var outcomes = await server.Streams.AppendAsync(EventTable.Stream, entries, CancellationToken.None);
            Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
        }

        static StreamEntry Entry((long Id, string Payload, DateTime? At) made, UInt128? key) => new(
            Encoding.UTF8.GetBytes($"key-{made.Id}"), Encoding.UTF8.GetBytes(made.Payload), key);
    }

    /// <summary>Records that were acknowledged more often than the log holds them.</summary>
    private static IEnumerable<string> Missing(IEnumerable<string> sent, IEnumerable<string> log)
    {
        var held = log.CountBy(payload => payload).ToDictionary();
        return sent.CountBy(payload => payload)
            .Where(count => held.GetValueOrDefault(count.Key) < count.Value)
            .Select(count => count.Key);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
