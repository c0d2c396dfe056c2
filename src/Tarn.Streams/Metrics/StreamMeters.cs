using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Tarn.Streams.Metrics;

/// <summary>
/// The meter <c>Tarn.Streams</c>. Hands out the counters that shards add to and measures what only a histogram can
/// tell; everything else is looked at when somebody asks (<see cref="StreamInstruments"/>). Thread-safe.
/// </summary>
internal sealed class StreamMeters : IDisposable
{
    public const string MeterName = "Tarn.Streams";

    private readonly ConcurrentDictionary<Guid, StreamCounters> _streams = new();
    private readonly Histogram<double> _fsyncSeconds;
    private readonly Histogram<long> _commitRecords;

    public StreamMeters()
    {
        _fsyncSeconds = Meter.CreateHistogram(
            "tarn.stream.fsync.duration",
            "s",
            "How long the disk took to make a group of appends durable.",
            tags: null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries =
                    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
            });
        _commitRecords = Meter.CreateHistogram(
            "tarn.stream.commit.records",
            "{record}",
            "How many records one write and fsync carried.",
            tags: null,
            new InstrumentAdvice<long>
            {
                HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536],
            });
    }

    public Meter Meter { get; } = new(MeterName);

    /// <summary>Counters for a shard that is opened.</summary>
    public ShardCounters Open(Guid streamId) =>
        new(_streams.GetOrAdd(streamId, _ => new StreamCounters()), _fsyncSeconds, _commitRecords);

    /// <summary>The stream was deleted.</summary>
    public void Forget(Guid streamId) => _streams.TryRemove(streamId, out _);

    public void Dispose() => Meter.Dispose();
}
