using Tarn.Primitives.Identity;
using Tarn.Streams.Shards;

namespace Tarn.Streams.Metrics;

/// <summary>Reads the counters and tips of the open logs.</summary>
internal sealed class EmbeddedStreamFigures(StreamRegistry registry) : IStreamFigures
{
    public StreamFigures? Find(string stream)
    {
        if (registry.All.GetValueOrDefault(stream) is not { } open)
        {
            return null;
        }

        var counters = open.Logs[0].Counters.Stream;
        return new StreamFigures(
            open.Logs[^1].Rates is null ? StreamRates.Unlimited : StreamRates.Aws,
            counters.IncomingRecords,
            counters.IncomingBytes,
            counters.OutgoingRecords,
            counters.OutgoingBytes,
            counters.FailedRecords,
            counters.ThrottledRecords,
            counters.ThrottledReads,
            [.. open.Logs.Select(Of)]);
    }

    private static ShardFigures Of(ShardLog log)
    {
        var tip = log.Tip;
        return new ShardFigures(
            log.Place.ShardId,
            log.Counters.IncomingRecords,
            log.Counters.IncomingBytes,
            log.Counters.OutgoingRecords,
            log.Counters.OutgoingBytes,
            log.Queue.WaitingBytes,
            tip.Segments.Sum(segment => segment.CommittedLength),
            new SequenceNumber(tip.Next),
            tip.NewestArrivalMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(tip.NewestArrivalMs),
            log.IsStopped);
    }
}
