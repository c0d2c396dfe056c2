using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>What a view has counted. Changed and read under the runner's lock.</summary>
internal sealed class ViewCounters(int badRecordsMax)
{
    private readonly Queue<BadRecord> _bad = [];
    private DateTimeOffset? _oldestPending;
    private long? _lastBatchAt;

    public long Version { get; private set; }

    public long Records { get; private set; }

    public long BadRecords { get; private set; }

    /// <summary>Records that are behind the view, good and bad.</summary>
    public long Consumed => Records + BadRecords;

    /// <summary>The newest bad records, oldest first.</summary>
    public IReadOnlyList<BadRecord> Bad => [.. _bad];

    public void Load(SnapshotHeader header)
    {
        Version = header.ViewVersion;
        Records = header.Records;
        BadRecords = header.BadRecords;
        foreach (var bad in header.Bad)
        {
            _bad.Enqueue(bad);
        }
    }

    public void Begin(MicroBatch batch) => _oldestPending = batch.OldestArrival;

    public void Counted(MicroBatch batch, IReadOnlyList<BadRecord> bad, bool changed)
    {
        Records += batch.Records.Count - bad.Count;
        BadRecords += bad.Count;
        Version += changed ? 1 : 0;
        foreach (var record in bad)
        {
            _bad.Enqueue(record);
            if (_bad.Count > badRecordsMax)
            {
                _bad.Dequeue();
            }
        }

        // What is left arrived no sooner than the newest record of this batch.
        _oldestPending = batch.IsBehind ? batch.NewestArrival : null;
    }

    public void AtTip() => _oldestPending = null;

    public long LagMilliseconds(TimeProvider time) =>
        _oldestPending is { } oldest ? Math.Max(0, (long)(time.GetUtcNow() - oldest).TotalMilliseconds) : 0;

    public void BatchBegins(TimeProvider time) => _lastBatchAt = time.GetTimestamp();

    public TimeSpan SinceLastBatch(TimeProvider time) =>
        _lastBatchAt is { } at ? time.GetElapsedTime(at) : TimeSpan.MaxValue;
}
