using System.Diagnostics.Metrics;
using Tarn.Catalog.Tables;
using Tarn.Jobs.Compaction.Plans;

namespace Tarn.Jobs.Compaction;

/// <summary>The meter <c>Tarn.Jobs</c>: what compaction did, by table.</summary>
internal sealed class CompactionInstruments : IDisposable
{
    public const string MeterName = "Tarn.Jobs";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _objectsIn;
    private readonly Counter<long> _bytesIn;
    private readonly Counter<long> _objectsOut;
    private readonly Counter<long> _bytesOut;
    private readonly Counter<long> _aborted;
    private readonly Counter<long> _failures;

    public CompactionInstruments()
    {
        _objectsIn = _meter.CreateCounter<long>(
            "tarn.compaction.objects.in", "{object}", "Small objects whose place a larger one has taken.");
        _bytesIn = _meter.CreateCounter<long>("tarn.compaction.bytes.in", "By", "Bytes of these.");
        _objectsOut = _meter.CreateCounter<long>(
            "tarn.compaction.objects.out", "{object}", "Larger objects that took the place of small ones.");
        _bytesOut = _meter.CreateCounter<long>("tarn.compaction.bytes.out", "By", "Bytes of these.");
        _aborted = _meter.CreateCounter<long>(
            "tarn.compaction.aborted", "{plan}", "Plans that were given up because what they were made for changed.");
        _failures = _meter.CreateCounter<long>(
            "tarn.compaction.failures", "{plan}", "Attempts that failed and are made again.");
    }

    public void Switched(StoredPlan stored, long bytesOut)
    {
        var table = Tag(stored.Table);
        _objectsIn.Add(stored.Plan.Sources.Count, table);
        _bytesIn.Add(stored.Plan.Sources.Sum(source => source.Size), table);
        _objectsOut.Add(1, table);
        _bytesOut.Add(bytesOut, table);
    }

    public void Aborted(TableName table) => _aborted.Add(1, Tag(table));

    public void Failed(TableName table) => _failures.Add(1, Tag(table));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(TableName table) => new("table", table.ToString());
}
