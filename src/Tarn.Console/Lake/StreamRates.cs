using Tarn.Streams;
using Tarn.Streams.Metrics;

namespace Tarn.Console.Lake;

/// <summary>
/// How fast streams grow, from what they have counted.
/// </summary>
/// <remarks>Not thread-safe: <see cref="LakeWatch"/> looks from one place at a time.</remarks>
internal sealed class StreamRates(IStreams streams, IStreamFigures figures, TimeProvider time)
{
    private const int LooksKept = 60;
    private readonly Dictionary<string, Track> tracks = [];

    public IReadOnlyList<StreamGlance> Look()
    {
        var glances = streams.List().Select(Look).ToList();
        foreach (var gone in tracks.Keys.Except(glances.Select(glance => glance.Stream.Id)).ToList())
        {
            tracks.Remove(gone);
        }

        return glances;
    }

    private StreamGlance Look(StreamDescription stream)
    {
        var isKnown = tracks.TryGetValue(stream.Id, out var track);
        track ??= tracks[stream.Id] = new Track();
        var found = figures.Find(stream.Name);
        var records = found?.IncomingRecords ?? 0;
        var now = time.GetTimestamp();
        var seconds = Math.Max(0.05, time.GetElapsedTime(track.LookedAt, now).TotalSeconds);
        double? rate = isKnown ? Math.Max(0, records - track.Records) / seconds : null;
        (track.LookedAt, track.Records) = (now, records);
        track.Add(rate);
        return new StreamGlance(
            stream, found, rate, [.. track.Rates], found?.Shards.Max(shard => shard.NewestArrivalAt));
    }

    private sealed class Track
    {
        public long Records { get; set; }

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
