using Tarn.Primitives.Identity;
using Tarn.Streams.Faults;
using Tarn.Streams.Records;

namespace Tarn.Streams;

/// <inheritdoc/>
internal sealed class SharedReads(StreamRegistry registry, EmbeddedStreams streams, InjectedFaults faults)
    : ISharedReads
{
    public async ValueTask<ReadBatch> ReadAsync(
        string stream, string shardId, SequenceNumber from, ReadBounds bounds, CancellationToken cancellation)
    {
        var open = registry.Get(stream);
        var log = open.Logs[open.IndexOf(shardId)];
        if (open.Definition.Faults is { } due)
        {
            await faults.MeetReadAsync(open, due, cancellation);
        }

        if (log.Rates is not { } rates)
        {
            return streams.Read(stream, shardId, from, bounds);
        }

        if (rates.Reads.TryRead(() => streams.Read(stream, shardId, from, bounds)) is { } batch)
        {
            return batch;
        }

        log.Counters.ReadThrottled();
        throw rates.ReadRefusal();
    }

    public bool IsLimited(string stream, string shardId)
    {
        var open = registry.Get(stream);
        return open.Logs[open.IndexOf(shardId)].Rates is not null;
    }
}
