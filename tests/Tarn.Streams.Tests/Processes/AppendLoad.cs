
namespace Tarn.Streams.Tests.Processes;

/// <summary>
/// What runs in the process that <see cref="KillTests"/> kills: writers that append for ever and say on standard output
/// what was acknowledged, while shards are split and merged. Which shards, how many records and how large follows from
/// the seed; the moment at which it ends does not.
/// </summary>
internal sealed class AppendLoad(int round, int seed)
{
    public const string Name = "append";

    /// <summary>Answers after fsync; its shards are split and merged.</summary>
    public const string Careful = "careful";

    /// <summary>Answers after the write.</summary>
    public const string Quick = "quick";

    private const int WritersPerStream = 3;
    private const int ShardsMax = 5;

    public async Task RunAsync(string directory)
    {
        await using var server = await Server.StartAsync(directory);
        await CreateAsync(server.Streams, Careful, shards: 2, StreamDurability.Disk);
        await CreateAsync(server.Streams, Quick, shards: 1, StreamDurability.OperatingSystem);
        var writers = Enumerable.Range(0, WritersPerStream).SelectMany(writer => new[]
        {
            AppendForEverAsync(server.Streams, Careful, writer), AppendForEverAsync(server.Streams, Quick, writer),
        });
        await Task.WhenAll(round % 3 == 2 ? writers.Append(ReshardAsync(server.Streams)) : writers);
    }

    private static async Task CreateAsync(IStreams streams, string name, int shards, StreamDurability durability)
    {
        if (streams.Find(name) is null)
        {
            await streams.CreateAsync(
                new StreamSpec { Name = name, ShardCount = shards, Durability = durability }, CancellationToken.None);
        }
    }

    private async Task AppendForEverAsync(IStreams streams, string stream, int writer)
    {
        var random = new Random(HashCode.Combine(seed, round, writer, stream.Length));
        for (var call = 0; ; call++)
        {
            var texts = Enumerable.Range(0, random.Next(1, 40)).Select(i => $"{round}/{writer}/{call}/{i}").ToArray();
            var outcomes = await streams.AppendAsync(
                stream,
                [.. texts.Select(text => Lake.Entry(text.PadRight(random.Next(16, 400)), $"{random.Next(1000)}"))],
                CancellationToken.None);
            var lines = texts.Zip(outcomes).Where(pair => pair.Second.Error is null).Select(pair =>
                $"{stream} {pair.First} {pair.Second.ShardId} {pair.Second.SequenceNumber} .\n");
            await Console.Out.WriteAsync(string.Concat(lines));
        }
    }

    /// <summary>One split or merge, some time after the start.</summary>
    private async Task ReshardAsync(IStreams streams)
    {
        var random = new Random(HashCode.Combine(seed, round));
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(12)), TimeProvider.System);
        var open = streams.Find(Careful)!.Shards.Where(shard => shard.EndingSequenceNumber is null)
            .OrderBy(shard => shard.StartingHashKey).ToList();
        var chosen = random.Next(open.Count - 1);
        if (open.Count < ShardsMax)
        {
            var (from, to) = (open[chosen].StartingHashKey, open[chosen].EndingHashKey);
            await streams.SplitAsync(
                Careful, open[chosen].ShardId, from + ((to - from) / 2), CancellationToken.None);
        }
        else
        {
            await streams.MergeAsync(
                Careful, open[chosen].ShardId, open[chosen + 1].ShardId, CancellationToken.None);
        }
    }
}
