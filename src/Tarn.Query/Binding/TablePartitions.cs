using Tarn.Catalog;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Query.Binding.Projection;
using Tarn.Sql.Translation;

namespace Tarn.Query.Binding;

/// <summary>
/// A table's partitions: those of the catalog or, where its properties say so, those that it projects; of a table
/// without partition keys one without values. What cannot match is left out before anything is read.
/// </summary>
internal sealed class TablePartitions(ICatalog catalog, PartitionConditions conditions, TimeProvider time)
{
    public async Task<IReadOnlyList<Partition>> FindAsync(
        BoundTable bound, PartitionFilter filter, CancellationToken cancellation)
    {
        var table = bound.Table!;
        if (table.PartitionKeys.Count == 0)
        {
            return [new Partition([], table.Storage.Location, table.CreatedAt)];
        }

        var pruner = Pruner(bound, filter.Columns);
        var found = PartitionProjection.IsOn(table)
            ? PartitionProjection.Of(table, bound.Types).Find(pruner, time.GetUtcNow())
            : await catalog.FindPartitionsAsync(table.Name, pruner.Leading(), pruner.MayHold, cancellation)
                .ConfigureAwait(false);
        return await conditions.KeepAsync(bound, filter.Keys, found, cancellation).ConfigureAwait(false);
    }

    /// <summary>All, each with whether it may match.</summary>
    public async Task<IReadOnlyList<(Partition Partition, bool IsNeeded)>> ListAsync(
        BoundTable bound, PartitionFilter filter, CancellationToken cancellation)
    {
        var table = bound.Table!;
        if (table.PartitionKeys.Count == 0 || PartitionProjection.IsOn(table))
        {
            return [.. (await FindAsync(bound, filter, cancellation).ConfigureAwait(false)).Select(p => (p, true))];
        }

        var pruner = Pruner(bound, filter.Columns);
        var all = await catalog.ListPartitionsAsync(table.Name, cancellation).ConfigureAwait(false);
        var plain = all.Where(partition => pruner.MayMatch(partition.Values)).ToList();
        var needed = (await conditions.KeepAsync(bound, filter.Keys, plain, cancellation).ConfigureAwait(false))
            .ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. all.Select(partition => (partition, needed.Contains(partition)))];
    }

    private static PartitionPruner Pruner(BoundTable bound, IReadOnlyList<ScanFilter> filters) =>
        new([.. bound.Table!.PartitionKeys.Select(key => key.Name.ToLowerInvariant())], bound.Types, filters);
}
