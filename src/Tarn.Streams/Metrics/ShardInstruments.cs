using System.Diagnostics.Metrics;
using Tarn.Streams.Shards;

namespace Tarn.Streams.Metrics;

/// <summary>Series per shard, of those streams alone for which Kinesis' shard-level metrics are switched on.</summary>
internal static class ShardInstruments
{
    public static void Create(Meter meter, StreamRegistry registry)
    {
        Counter(
            EnhancedMetrics.IncomingBytes, "incoming.bytes", "By", "IncomingBytes", log => log.Counters.IncomingBytes);
        Counter(
            EnhancedMetrics.IncomingRecords,
            "incoming.records",
            "{record}",
            "IncomingRecords",
            log => log.Counters.IncomingRecords);
        Counter(
            EnhancedMetrics.OutgoingBytes, "outgoing.bytes", "By", "OutgoingBytes", log => log.Counters.OutgoingBytes);
        Counter(
            EnhancedMetrics.OutgoingRecords,
            "outgoing.records",
            "{record}",
            "OutgoingRecords",
            log => log.Counters.OutgoingRecords);
        Counter(
            EnhancedMetrics.WriteProvisionedThroughputExceeded,
            "throttled.records",
            "{record}",
            "WriteProvisionedThroughputExceeded",
            log => log.Counters.ThrottledRecords);
        Counter(
            EnhancedMetrics.ReadProvisionedThroughputExceeded,
            "throttled.reads",
            "{read}",
            "ReadProvisionedThroughputExceeded",
            log => log.Counters.ThrottledReads);
        meter.CreateObservableGauge(
            "tarn.shard.iterator.age",
            () => Measure(registry, EnhancedMetrics.IteratorAgeMilliseconds, log => log.Counters.IteratorAgeMs),
            "ms",
            Description("IteratorAgeMilliseconds"));

        void Counter(EnhancedMetrics metric, string name, string unit, string kinesis, Func<ShardLog, long> value) =>
            meter.CreateObservableCounter(
                "tarn.shard." + name, () => Measure(registry, metric, value), unit, Description(kinesis));
    }

    private static string Description(string kinesis) => $"{kinesis} of a shard, where it is switched on.";

    private static IEnumerable<Measurement<long>> Measure(
        StreamRegistry registry, EnhancedMetrics metric, Func<ShardLog, long> value) =>
        from stream in registry.All.Values
        where stream.Definition.Spec.EnhancedMetrics.HasFlag(metric)
        from log in stream.Logs
        select new Measurement<long>(
            value(log),
            KeyValuePair.Create("stream", (object?)stream.Definition.Name),
            KeyValuePair.Create("shard", (object?)log.Place.ShardId));
}
