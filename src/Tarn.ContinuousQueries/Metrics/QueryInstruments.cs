using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Tarn.ContinuousQueries.Metrics;

/// <summary>What views and sinks are and have done, on the meter of this room, read when somebody asks. How far views
/// are behind is told by the meter of streams, as of every consumer.</summary>
internal sealed class QueryInstruments : IHostedService, IDisposable
{
    public const string MeterName = "Tarn.ContinuousQueries";

    private readonly Meter _meter = new(MeterName);
    private readonly IContinuousQueries _queries;

    public QueryInstruments(IContinuousQueries queries, TimeProvider time)
    {
        _queries = queries;
        Count("tarn.query.records", "Records counted.", view => view.Records);
        Count("tarn.query.bad_records", "Records that could not be read.", view => view.BadRecords);
        Count("tarn.query.late_records", "Records that came when their windows were closed.", view => view.LateRecords);
        Gauge("tarn.query.groups", "{group}", "Groups and rows held.", view => view.Groups);
        Gauge("tarn.query.state", "By", "Bytes held, about.", view => view.StateBytes);
        Gauge("tarn.query.running", "{view}", "1 while the view counts, 0 when it is paused or has stopped.",
            view => view.Phase is ViewPhase.Running or ViewPhase.CatchingUp ? 1 : 0);
        _meter.CreateObservableCounter(
            "tarn.query.batches", () => Measure(view => view.Batches), "{batch}", "Batches counted.");
        _meter.CreateObservableCounter(
            "tarn.query.batch.time",
            () => queries.List().Select(view => new Measurement<double>(view.BatchTime.TotalSeconds, Tag(view))),
            "s",
            "How long batches took, added up.");
        _meter.CreateObservableCounter(
            "tarn.sink.records", () => MeasureSinks(sink => sink.RecordsOut), "{record}", "Rows that have left.");
        _meter.CreateObservableGauge(
            "tarn.sink.lag", () => MeasureSinks(sink => sink.LagMilliseconds), "ms",
            "Age of the oldest record not read yet, or of the output on its way.");
        _meter.CreateObservableGauge(
            "tarn.sink.running",
            () => MeasureSinks(sink => sink.Phase is SinkPhase.Running or SinkPhase.CatchingUp ? 1 : 0),
            "{sink}",
            "1 while rows leave, 0 when the sink is paused, tries again or has stopped.");
        _meter.CreateObservableGauge(
            "tarn.query.watermark.delay",
            () => _queries.List().Where(view => view.Watermark is not null).Select(view => new Measurement<double>(
                (time.GetUtcNow() - view.Watermark!.Value).TotalSeconds, Tag(view))),
            "s",
            "How far the watermark is behind the clock.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private void Count(string name, string description, Func<ViewStatus, long> value) =>
        _meter.CreateObservableCounter(name, () => Measure(value), "{record}", description);

    private void Gauge(string name, string unit, string description, Func<ViewStatus, long> value) =>
        _meter.CreateObservableGauge(name, () => Measure(value), unit, description);

    private IEnumerable<Measurement<long>> Measure(Func<ViewStatus, long> value) =>
        _queries.List().Select(view => new Measurement<long>(value(view), Tag(view)));

    private IEnumerable<Measurement<long>> MeasureSinks(Func<SinkStatus, long> value) =>
        _queries.ListSinks().Select(sink => new Measurement<long>(
            value(sink), KeyValuePair.Create("sink", (object?)sink.Name)));

    private static KeyValuePair<string, object?> Tag(ViewStatus view) =>
        KeyValuePair.Create("view", (object?)view.Name);
}
