using System.Collections.Concurrent;
using Tarn.Catalog.Tables;
using Tarn.Jobs.Compaction.Plans;
using Tarn.Jobs.Inputs;

namespace Tarn.Jobs.Compaction;

/// <summary>What is known of compaction in this process alone: the plan under way, and failures. Thread-safe.</summary>
internal sealed class CompactionBoard
{
    private readonly ConcurrentDictionary<(TableName Table, string Part), (string Error, DateTimeOffset At)> _errors =
        new();
    private volatile StoredPlan? _underWay;
    private long _bytesDone;

    public void Begin(StoredPlan stored)
    {
        Interlocked.Exchange(ref _bytesDone, 0);
        _underWay = stored;
    }

    public void Read(JobInput source) => Interlocked.Add(ref _bytesDone, source.Size);

    public void End() => _underWay = null;

    /// <param name="part">Of the table: what fails or works on its own, such as a folder.</param>
    public void Failed(TableName table, string part, string error, DateTimeOffset at) =>
        _errors[(table, part)] = (error, at);

    public void Succeeded(TableName table, string part) => _errors.TryRemove((table, part), out _);

    public void Clear() => _errors.Clear();

    /// <summary>The newest of those that still are, or null.</summary>
    public (string Error, DateTimeOffset At)? FindError(TableName table)
    {
        var errors = _errors.Where(entry => entry.Key.Table == table).Select(entry => entry.Value).ToList();
        return errors.Count == 0 ? null : errors.MaxBy(error => error.At);
    }

    public (long UnderWay, long Done) BytesOf(TableName table) => _underWay is { } stored && stored.Table == table
        ? (stored.Plan.Sources.Sum(source => source.Size), Interlocked.Read(ref _bytesDone))
        : (0, 0);
}
