using System.Collections.Concurrent;
using Tarn.Catalog.Tables;
using Tarn.Jobs.Inputs;

namespace Tarn.Jobs.Compaction.Candidates;

/// <summary>
/// Objects that turned out to be unfit, in the version that was seen; tried again after a restart. Thread-safe.
/// </summary>
internal sealed class LeftAlone
{
    private readonly ConcurrentDictionary<JobInput, TableName> _objects = new();

    public void Add(TableName table, JobInput item) => _objects[item] = table;

    public bool Holds(JobInput item) => _objects.ContainsKey(item);

    public int Count(TableName table) => _objects.Values.Count(owner => owner == table);

    public void Clear() => _objects.Clear();
}
