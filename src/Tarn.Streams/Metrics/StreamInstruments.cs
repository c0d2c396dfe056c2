using System.Diagnostics.Metrics;
using System.Text.Json;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Metrics;

/// <summary>
/// What can be seen of streams at any moment, looked at only when a scrape or an export asks. The list stands in
/// docs/guide/streams.md.
/// </summary>
internal static class StreamInstruments
{
    public static void Create(Meter meter, StreamRegistry registry, DamageReports damages)
    {
        Totals(meter, registry);
        Gauges(meter, registry);
        meter.CreateObservableCounter(
            "tarn.stream.damage",
            () => Count(damages.All),
            "{place}",
            "Places in segment files that could not be read, since the server started.");
    }

    private static void Totals(Meter meter, StreamRegistry registry)
    {
        Counter("incoming.records", "{record}", "Records made durable.", counters => counters.IncomingRecords);
        Counter(
            "incoming.bytes", "By", "Their payloads and partition keys.", counters => counters.IncomingBytes);
        Counter(
            "outgoing.records",
            "{record}",
            "Records handed to readers, Tarn's own among them.",
            counters => counters.OutgoingRecords);
        Counter(
            "outgoing.bytes", "By", "Their payloads and partition keys.", counters => counters.OutgoingBytes);
        Counter(
            "failed.records",
            "{record}",
            "Records not taken: a disk failed, or a fault was asked for.",
            counters => counters.FailedRecords);
        Counter(
            "throttled.records",
            "{record}",
            "Records refused because of a shard's rate.",
            counters => counters.ThrottledRecords);
        Counter(
            "throttled.reads",
            "{read}",
            "Reads refused because of a shard's rate.",
            counters => counters.ThrottledReads);

        void Counter(string name, string unit, string description, Func<StreamCounters, long> value) =>
            meter.CreateObservableCounter(
                "tarn.stream." + name,
                () => registry.All.Values.Select(
                    stream => Of(stream.Definition.Name, value(stream.Logs[0].Counters.Stream))),
                unit,
                description);
    }

    private static void Gauges(Meter meter, StreamRegistry registry)
    {
        Gauge(
            "open.shards",
            "{shard}",
            "Shards that take records.",
            stream => stream.Definition.Shards.Count(shard => shard.IsOpen));
        Gauge(
            "stopped.shards",
            "{shard}",
            "Shards that take nothing more until restart because an fsync failed.",
            stream => stream.Logs.Count(log => log.IsStopped));
        Gauge(
            "waiting.bytes",
            "By",
            "Appends that wait for the disk.",
            stream => stream.Logs.Sum(log => log.Queue.WaitingBytes));

        void Gauge(string name, string unit, string description, Func<OpenStream, long> value) =>
            meter.CreateObservableGauge(
                "tarn.stream." + name,
                () => registry.All.Values.Select(stream => Of(stream.Definition.Name, value(stream))),
                unit,
                description);
    }

    private static IEnumerable<Measurement<long>> Count(IReadOnlyList<Damage> damages) =>
        Enum.GetValues<DamageFate>().Select(fate => new Measurement<long>(
            damages.Count(damage => damage.Fate == fate),
            KeyValuePair.Create("fate", (object?)JsonNamingPolicy.SnakeCaseLower.ConvertName($"{fate}"))));

    private static Measurement<long> Of(string stream, long value) =>
        new(value, KeyValuePair.Create("stream", (object?)stream));
}
