using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog;

internal sealed partial class MetadataCatalog
{
    public async Task<IReadOnlyList<Partition>> ListPartitionsAsync(TableName table, CancellationToken cancellation)
    {
        var found = await RequireTableAsync(table, cancellation).ConfigureAwait(false);
        var partitions = await ListAsync(
            CatalogNames.PartitionKind, CatalogNames.PartitionsOf(found.Name), cancellation).ConfigureAwait(false);
        return [.. partitions.Select(PartitionRecord.Read)];
    }

    public async Task<IReadOnlyList<Partition>> FindPartitionsAsync(
        TableName table,
        IReadOnlyList<IReadOnlyList<string>> leading,
        Func<int, string, bool> isWanted,
        CancellationToken cancellation)
    {
        var found = await RequireTableAsync(table, cancellation).ConfigureAwait(false);
        var index = leading.Count == 0
            ? await _indexes.GetAsync(found, cancellation).ConfigureAwait(false)
            : _indexes.Find(found);
        if (index is not null)
        {
            var prefix = CatalogNames.PartitionsOf(found.Name);
            var names = index.Find((key, value) =>
                (key >= leading.Count || leading[key].Contains(value)) && isWanted(key, value));
            return [.. await ReadAsync(prefix, names, index.Count, cancellation).ConfigureAwait(false)];
        }

        var partitions = new List<Partition>();
        foreach (var first in Combinations(leading))
        {
            var prefix = CatalogNames.PartitionsOf(found.Name, first, found.PartitionKeys.Count);
            var names = await metadata.ListNamesAsync(CatalogNames.PartitionKind, prefix, cancellation)
                .ConfigureAwait(false);
            var wanted = PartitionIndex.Of(found.Name, found.PartitionKeys.Count, names).Find(isWanted);
            partitions.AddRange(await ReadAsync(prefix, wanted, names.Count, cancellation).ConfigureAwait(false));
        }

        return partitions;
    }

    public async Task AddPartitionsAsync(
        TableName table, IReadOnlyList<Partition> partitions, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var changes = await PlanPartitionsAsync(table, partitions, cancellation).ConfigureAwait(false);
            try
            {
                await metadata.ApplyAsync(changes, cancellation).ConfigureAwait(false);
                return;
            }
            catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict && attempt < AttemptsMax)
            {
                // Somebody added one of them or deleted the table: the next plan leaves it out or says so.
            }
        }
    }

    public async Task<IReadOnlyList<MetadataChange>> PlanPartitionsAsync(
        TableName table, IReadOnlyList<Partition> partitions, CancellationToken cancellation)
    {
        var found = await RequireTableAsync(table, cancellation).ConfigureAwait(false);
        var changes = new List<MetadataChange>(partitions.Count + 1)
        {
            MetadataChange.Require(CatalogNames.TableKind, CatalogNames.Of(found.Name)),
        };
        var planned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var partition in partitions)
        {
            CheckPartition(found, partition);
            var name = CatalogNames.Of(found.Name, partition.Values);
            var exists = await metadata.FindAsync(CatalogNames.PartitionKind, name, cancellation).ConfigureAwait(false);
            if (exists is null && planned.Add(name))
            {
                changes.Add(MetadataChange.Create(CatalogNames.PartitionKind, name, PartitionRecord.Write(partition)));
            }
        }

        return changes.Count > 1 ? changes : [];
    }

    public async Task<IReadOnlyList<MetadataChange>> PlanReplacementAsync(
        TableName table, string location, IReadOnlyList<Partition> partitions, CancellationToken cancellation)
    {
        var current = await RequireTableAsync(table, cancellation).ConfigureAwait(false);
        var updated = TableRules.Checked(current with { Storage = current.Storage with { Location = location } }) with
        {
            UpdatedAt = clock.GetUtcNow(),
            Version = current.Version + 1,
        };
        var name = CatalogNames.Of(current.Name);
        var changes = new List<MetadataChange>(partitions.Count + 2)
        {
            MetadataChange.Put(CatalogNames.TableKind, name, TableRecord.Write(updated), current.Version),
            MetadataChange.DeletePrefix(CatalogNames.PartitionKind, CatalogNames.PartitionsOf(current.Name)),
        };
        foreach (var partition in partitions)
        {
            CheckPartition(current, partition);
            changes.Add(MetadataChange.Create(
                CatalogNames.PartitionKind,
                CatalogNames.Of(current.Name, partition.Values),
                PartitionRecord.Write(partition)));
        }

        return changes;
    }

    public async Task<bool> DeletePartitionAsync(
        TableName table, IReadOnlyList<string> values, CancellationToken cancellation)
    {
        var found = await RequireTableAsync(table, cancellation).ConfigureAwait(false);
        var name = CatalogNames.Of(found.Name, values);
        try
        {
            await metadata.ApplyAsync(
                [
                    MetadataChange.Require(CatalogNames.PartitionKind, name),
                    MetadataChange.Delete(CatalogNames.PartitionKind, name),
                ],
                cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
        {
            return false;
        }
    }

    public async Task ReplacePartitionAsync(
        TableName table, IReadOnlyList<string> values, Partition partition, CancellationToken cancellation)
    {
        var found = await RequireTableAsync(table, cancellation).ConfigureAwait(false);
        CheckPartition(found, partition);
        var before = CatalogNames.Of(found.Name, values);
        var after = CatalogNames.Of(found.Name, partition.Values);
        var spec = PartitionRecord.Write(partition);
        MetadataChange[] changes = before == after
            ? [MetadataChange.Put(CatalogNames.PartitionKind, before, spec)]
            : [
                MetadataChange.Delete(CatalogNames.PartitionKind, before),
                MetadataChange.Create(CatalogNames.PartitionKind, after, spec),
            ];
        try
        {
            await metadata.ApplyAsync(
                [MetadataChange.Require(CatalogNames.PartitionKind, before), .. changes], cancellation)
                .ConfigureAwait(false);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
        {
            var there = await metadata
                .FindAsync(CatalogNames.PartitionKind, before, cancellation).ConfigureAwait(false);
            throw there is null
                ? CatalogErrors.NoPartition(found.Name, values)
                : CatalogErrors.PartitionExists(found.Name, partition.Values);
        }
    }

    public async Task DeletePartitionsAsync(
        TableName table, IReadOnlyList<IReadOnlyList<string>> partitions, CancellationToken cancellation)
    {
        var found = await RequireTableAsync(table, cancellation).ConfigureAwait(false);
        await metadata.ApplyAsync(
            [.. partitions.Select(values => MetadataChange.Delete(
                CatalogNames.PartitionKind, CatalogNames.Of(found.Name, values)))],
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Those of the names; all are read at once when they are a good part of what there is.</summary>
    private async Task<IEnumerable<Partition>> ReadAsync(
        string prefix, List<string> names, int count, CancellationToken cancellation)
    {
        const int ShareAtOnce = 4;
        if (names.Count > count / ShareAtOnce)
        {
            var wanted = names.ToHashSet(StringComparer.Ordinal);
            var all = await ListAsync(CatalogNames.PartitionKind, prefix, cancellation).ConfigureAwait(false);
            return all.Where(resource => wanted.Contains(resource.Name)).Select(PartitionRecord.Read);
        }

        var partitions = new List<Partition>(names.Count);
        foreach (var name in names)
        {
            if (await metadata.FindAsync(CatalogNames.PartitionKind, name, cancellation).ConfigureAwait(false)
                is { } resource)
            {
                partitions.Add(PartitionRecord.Read(resource));
            }
        }

        return partitions;
    }

    /// <summary>Each way to take one value of every list, in order; one empty way of no lists.</summary>
    private static IEnumerable<IReadOnlyList<string>> Combinations(IReadOnlyList<IReadOnlyList<string>> leading)
    {
        IEnumerable<IReadOnlyList<string>> combinations = [[]];
        foreach (var values in leading)
        {
            combinations = combinations.SelectMany(
                first => values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
                IReadOnlyList<string> (first, value) => [.. first, value]);
        }

        return combinations;
    }

    private static void CheckPartition(Table table, Partition partition)
    {
        var label = $"partition [{string.Join(", ", partition.Values)}] of table '{table.Name}'";
        if (partition.Values.Count != table.PartitionKeys.Count)
            throw CatalogErrors.Invalid(
                $"{label} does not fit",
                $"it has {partition.Values.Count} values, the table has {table.PartitionKeys.Count} partition keys");
        if (table.PartitionKeys.Count == 0)
            throw CatalogErrors.Invalid($"table '{table.Name}' has no partition keys");
        if (partition.Location.Length == 0)
            throw CatalogErrors.Invalid($"{label} has no location");
        TableRules.CheckLocation(partition.Location, label);
    }
}
