using System.Collections.Concurrent;
using Tarn.Catalog.Tables;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog.Partitions;

/// <summary>
/// Indexes of tables' partitions, in memory until a change to one of them. Some 4 bytes a partition and key.
/// Thread-safe.
/// </summary>
internal sealed class PartitionIndexes(IMetadataStore metadata)
{
    private const int TablesMax = 64;
    private const long PartitionsMax = 4_000_000;

    private readonly ConcurrentDictionary<TableName, Entry> _known = new();

    /// <summary>The index when it is in memory and holds.</summary>
    public PartitionIndex? Find(Table table) =>
        _known.TryGetValue(table.Name, out var entry) && entry.Kept is { } kept
            && kept.Keys == table.PartitionKeys.Count && entry.Watch.Look() == kept.Seen
            ? kept.Index
            : null;

    public async Task<PartitionIndex> GetAsync(Table table, CancellationToken cancellation)
    {
        if (Find(table) is { } known)
        {
            return known;
        }

        var prefix = CatalogNames.PartitionsOf(table.Name);
        var entry = _known.GetOrAdd(
            table.Name, _ => new Entry(metadata.Watch(CatalogNames.PartitionKind, prefix)));
        var seen = entry.Watch.Look();
        var names = await metadata.ListNamesAsync(CatalogNames.PartitionKind, prefix, cancellation)
            .ConfigureAwait(false);
        var keys = table.PartitionKeys.Count;
        var index = PartitionIndex.Of(table.Name, keys, names);
        if (seen is { } number && entry.Watch.Look() == number)
        {
            entry.Kept = new Kept(number, keys, index);
            Forget(table.Name);
        }

        return index;
    }

    /// <summary>Of too many, all but this one are forgotten: the next queries read those that they need.</summary>
    private void Forget(TableName last)
    {
        if (_known.Count <= TablesMax
            && _known.Values.Sum(entry => (long)(entry.Kept?.Index.Count ?? 0)) <= PartitionsMax)
        {
            return;
        }

        foreach (var (name, _) in _known)
        {
            if (name != last && _known.TryRemove(name, out var removed))
            {
                removed.Watch.Dispose();
            }
        }
    }

    /// <param name="Seen">What the watch said when the names were read.</param>
    /// <param name="Keys">Of the table then.</param>
    private sealed record Kept(long Seen, int Keys, PartitionIndex Index);

    private sealed class Entry(MetadataWatch watch)
    {
        private volatile Kept? _kept;

        public MetadataWatch Watch => watch;

        public Kept? Kept
        {
            get => _kept;
            set => _kept = value;
        }
    }
}
