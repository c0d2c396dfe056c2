using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>What a view has counted. Changed and read under the runner's lock.</summary>
internal sealed class ViewCounters(int badRecordsMax, int lateRecordsMax)
{
    private readonly Queue<BadRecord> _bad = [];
    private readonly Queue<LateRecord> _late = [];
    private DateTimeOffset? _oldestPending;
    private long? _lastBatchAt;

    public long Version { get; private set; }

    public long Records { get; private set; }

    public long BadRecords { get; private set; }

    public long LateRecords { get; private set; }

    /// <summary>Records that are behind the view: good, bad and late.</summary>
    public long Consumed => Records + BadRecords + LateRecords;

    /// <summary>The newest bad records, oldest first.</summary>
    public IReadOnlyList<BadRecord> Bad => [.. _bad];

    /// <summary>The newest late records, oldest first.</summary>
    public IReadOnlyList<LateRecord> Late => [.. _late];

    public void Load(SnapshotHeader header)
    {
        Version = header.ViewVersion;
        Records = header.Records;
        BadRecords = header.BadRecords;
        LateRecords = header.LateRecords;
        header.Late.ToList().ForEach(_late.Enqueue);
        foreach (var bad in header.Bad)
        {
            _bad.Enqueue(bad);
        }
    }

    public void Begin(IEnumerable<MicroBatch> batches) => _oldestPending = batches.Min(batch => batch.OldestArrival);

    public void Counted(EvaluatedBatch batch)
    {
        Records += batch.Batch.Records.Count - batch.Bad.Count - batch.Late.Count;
        BadRecords += batch.Bad.Count;
        LateRecords += batch.Late.Count;
        Keep(_bad, batch.Bad, badRecordsMax);
        Keep(_late, batch.Input.Source.Options.Late == LatePolicy.Keep ? batch.Late : [], lateRecordsMax);
    }

    /// <summary>What is left arrived no sooner than the newest record of these batches.</summary>
    public void Committed(IEnumerable<MicroBatch> batches, bool changed)
    {
        Version += changed ? 1 : 0;
        _oldestPending = batches.Where(batch => batch.IsBehind).Min(batch => batch.NewestArrival);
    }

    public void AtTip() => _oldestPending = null;

    public long LagMilliseconds(TimeProvider time) =>
        _oldestPending is { } oldest ? Math.Max(0, (long)(time.GetUtcNow() - oldest).TotalMilliseconds) : 0;

    public void BatchBegins(TimeProvider time) => _lastBatchAt = time.GetTimestamp();

    public TimeSpan SinceLastBatch(TimeProvider time) =>
        _lastBatchAt is { } at ? time.GetElapsedTime(at) : TimeSpan.MaxValue;

    private static void Keep<T>(Queue<T> kept, IReadOnlyList<T> more, int max)
    {
        foreach (var record in more)
        {
            kept.Enqueue(record);
            if (kept.Count > max)
            {
                kept.Dequeue();
            }
        }
    }
}
