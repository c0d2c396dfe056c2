using System.Diagnostics.Metrics;

namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>The meter <c>Tarn.Storage</c>: what lifecycle rules removed, by bucket.</summary>
internal sealed class LifecycleInstruments : IDisposable
{
    public const string MeterName = "Tarn.Storage";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _objects;
    private readonly Counter<long> _versions;
    private readonly Counter<long> _uploads;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;

    public LifecycleInstruments()
    {
        _objects = _meter.CreateCounter<long>(
            "tarn.lifecycle.expired.objects", "{object}", "Current objects that lifecycle rules removed or hid.");
        _versions = _meter.CreateCounter<long>(
            "tarn.lifecycle.expired.versions", "{version}", "Versions and markers that lifecycle rules removed.");
        _uploads = _meter.CreateCounter<long>(
            "tarn.lifecycle.aborted.uploads", "{upload}", "Unfinished uploads that lifecycle rules ended.");
        _failures = _meter.CreateCounter<long>(
            "tarn.lifecycle.failures", "{run}", "Buckets whose rules were not carried out to the end.");
        _duration = _meter.CreateHistogram<double>(
            "tarn.lifecycle.run.duration", "s", "How long a look at all buckets took.");
    }

    public void Ran(string bucket, LifecycleTally tally)
    {
        Add(_objects, bucket, tally.Objects);
        Add(_versions, bucket, tally.Versions);
        Add(_uploads, bucket, tally.Uploads);
    }

    public void Failed(string bucket) => Add(_failures, bucket, 1);

    public void Took(TimeSpan duration) => _duration.Record(duration.TotalSeconds);

    public void Dispose() => _meter.Dispose();

    private static void Add(Counter<long> counter, string bucket, long count)
    {
        if (count > 0)
        {
            counter.Add(count, KeyValuePair.Create("bucket", (object?)bucket));
        }
    }
}
