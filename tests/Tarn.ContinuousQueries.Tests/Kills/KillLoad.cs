using System.Text;
using Tarn.ContinuousQueries.Tests.RandomStreams;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Tests.Kills;

/// <summary>
/// What runs in the process that <see cref="ViewKillTests"/> kills: writers that put records for ever and say on
/// standard output what was acknowledged, a subscriber per view that watches its versions, and shards that are split.
/// What is sent follows from the seed; the moment at which it ends does not.
/// </summary>
internal sealed class KillLoad(int round, int seed)
{
    public const string Name = "views";

    /// <summary>Begins a line that tells of a fault.</summary>
    public const string Fault = "fault: ";

    private const int Writers = 3;
    private const int IdsPerWriter = 1_000_000;
    private const int ShardsMax = 40;

    public async Task RunAsync(string directory)
    {
        await using var server = await KillServer.StartAsync(directory);
        await KillViews.MakeAsync(server);
        var tasks = Enumerable.Range(0, Writers).Select(writer => PutForEverAsync(server, writer))
            .Concat(KillViews.All.Select(view => WatchForEverAsync(server, view.Name)))
            .Append(SplitForEverAsync(server))
            .Append(ReplaceForEverAsync(server)).ToList();
        try
        {
            await await Task.WhenAny(tasks);
        }
        catch (Exception failure)
        {
            await Console.Out.WriteAsync($"{Fault}{failure.ToString().ReplaceLineEndings(" ")} .\n");
            throw;
        }
    }

    private async Task PutForEverAsync(KillServer server, int writer)
    {
        var random = new Random(HashCode.Combine(seed, round, writer));
        var maker = new EventMaker(random, KillViews.Shape, (((long)round * Writers) + writer) * IdsPerWriter);
        while (true)
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            var events = Enumerable.Range(0, random.Next(1, 30)).Select(_ => maker.Next(now, now)).ToList();
            StreamEntry[] entries = [.. events.Select(made => new StreamEntry(
                Encoding.UTF8.GetBytes($"key-{made.Id}"), Encoding.UTF8.GetBytes(made.Payload)))];
            var outcomes = new AppendOutcome[entries.Length];
            await server.Streams.AppendAsync(EventTable.Stream, entries, outcomes, CancellationToken.None);
            var lines = events.Zip(outcomes)
                .Where(pair => pair.Second.Error is null)
                .Select(pair => $"{pair.First.Payload} .\n");
            await Console.Out.WriteAsync(string.Concat(lines));
            await Task.Delay(random.Next(4));
        }
    }

    private static async Task WatchForEverAsync(KillServer server, string view)
    {
        var client = new ViewClient();
        var changes = server.Views.SubscribeAsync(view, TimeSpan.FromMilliseconds(3), null, CancellationToken.None);
        await foreach (var change in changes)
        {
            client.Apply(change);
        }
    }

    /// <summary>Some new versions are replaced before they have caught up, some are read for a while.</summary>
    private async Task ReplaceForEverAsync(KillServer server)
    {
        var random = new Random(HashCode.Combine(seed, round, 7));
        while (true)
        {
            var kind = KillViews.All[random.Next(KillViews.All.Count)].Kind;
            await server.RunAsync(KillViews.Replacement(kind));
            await Task.Delay(random.Next(600));
        }
    }

    private async Task SplitForEverAsync(KillServer server)
    {
        var random = new Random(HashCode.Combine(seed, round));
        while (true)
        {
            await Task.Delay(random.Next(300));
            var shards = server.Streams.Find(EventTable.Stream)!.Shards;
            var open = shards.Where(shard => shard.ClosedAt is null).OrderBy(shard => shard.StartingHashKey).ToList();
            var at = random.Next(open.Count - 1);
            if (shards.Count < ShardsMax && open.Count < 4)
            {
                var middle = open[at].StartingHashKey + ((open[at].EndingHashKey - open[at].StartingHashKey) / 2);
                await server.Streams.SplitAsync(EventTable.Stream, open[at].ShardId, middle, CancellationToken.None);
            }
            else if (shards.Count < ShardsMax)
            {
                await server.Streams.MergeAsync(
                    EventTable.Stream, open[at].ShardId, open[at + 1].ShardId, CancellationToken.None);
            }
        }
    }
}
