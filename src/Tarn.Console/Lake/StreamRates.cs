using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Console.Lake;

/// <summary>
/// How fast streams grow, from the numbers that their shards would give next: one number per record.
/// </summary>
/// <remarks>Not thread-safe: <see cref="LakeWatch"/> looks from one place at a time.</remarks>
internal sealed class StreamRates(IStreams streams, TimeProvider time)
{
    private const int LooksKept = 60;
    private const int ShardsLookedInto = 16;
    private readonly Dictionary<string, Track> tracks = [];

    public async Task<IReadOnlyList<StreamGlance>> LookAsync(CancellationToken cancellation)
    {
        var glances = new List<StreamGlance>();
        foreach (var stream in streams.List())
        {
            glances.Add(await LookAsync(stream, cancellation));
        }

        foreach (var gone in tracks.Keys.Except(glances.Select(glance => glance.Stream.Id)).ToList())
        {
            tracks.Remove(gone);
        }

        return glances;
    }

    private async Task<StreamGlance> LookAsync(StreamDescription stream, CancellationToken cancellation)
    {
        var isKnown = tracks.TryGetValue(stream.Id, out var track);
        track ??= tracks[stream.Id] = new Track();
        ulong grown = 0;
        DateTimeOffset? last = null;
        var open = stream.Shards.Where(shard => shard.EndingSequenceNumber is null).ToList();
        foreach (var shard in open)
        {
            var tip = await streams.ResolveAsync(
                stream.Name, shard.ShardId, new StartPosition.Latest(), cancellation);
            grown += tip.Value - track.Tips.GetValueOrDefault(shard.ShardId, tip.Value);
            track.Tips[shard.ShardId] = tip.Value;
            var at = open.Count <= ShardsLookedInto
                ? await ArrivalAsync(stream, shard.ShardId, tip, cancellation)
                : null;
            last = last is null || at > last ? at : last;
        }

        var now = time.GetTimestamp();
        double? rate = isKnown ? grown / Math.Max(0.05, time.GetElapsedTime(track.LookedAt, now).TotalSeconds) : null;
        track.LookedAt = now;
        track.Add(rate);
        return new StreamGlance(stream, rate, [.. track.Rates], last);
    }

    private async Task<DateTimeOffset?> ArrivalAsync(
        StreamDescription stream, string shardId, SequenceNumber tip, CancellationToken cancellation)
    {
        if (tip.Value == 0)
        {
            return null;
        }

        var newest = new SequenceNumber(tip.Value - 1);
        var batch = await streams.ReadAsync(stream.Name, shardId, newest, new ReadBounds(1, 1), cancellation);
        return batch.Records.Count > 0 ? batch.Records[^1].ArrivalTime : null;
    }

    private sealed class Track
    {
        public Dictionary<string, ulong> Tips { get; } = [];

        public Queue<double> Rates { get; } = new();

        public long LookedAt { get; set; }

        public void Add(double? rate)
        {
            if (rate is not { } value)
            {
                return;
            }

            Rates.Enqueue(value);
            if (Rates.Count > LooksKept)
            {
                Rates.Dequeue();
            }
        }
    }
}
