using Tarn.Catalog.Exclusions;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Buckets;
using Tarn.Query.Writing.Files;
using Tarn.Storage.Objects;

namespace Tarn.Query.Binding;

/// <summary>
/// The objects that a scan has to read: partitions are pruned first, then each one's location is listed, without what
/// is excluded there. Where the exclusions changed during the listing, it is made again.
/// </summary>
internal sealed class TableFiles(
    TablePartitions tablePartitions, IObjectExclusions exclusions, IObjectStore objects)
{
    public static bool IsNull(string partitionValue) => partitionValue == RowStage.NullPartition;

    /// <param name="given">Exactly these objects instead of all; null: all.</param>
    public async Task<IReadOnlyList<TableFile>> ListAsync(
        BoundTable bound,
        PartitionFilter filter,
        IReadOnlyList<ObjectKey>? given,
        CancellationToken cancellation)
    {
        var table = bound.Table!;
        if (given is not null)
        {
            var all = await tablePartitions.ListAsync(bound, filter, cancellation).ConfigureAwait(false);
            return await FindGivenAsync(table, all, given, cancellation).ConfigureAwait(false);
        }

        var buckets = BucketPruner.Of(table, bound.Types, filter.Columns);

        // What is hidden is read before the partitions are: a write lets both its objects and its partitions count in
        // one commit, and a reader must not see the one without the other.
        for (var before = await exclusions.ListAsync(cancellation).ConfigureAwait(false); ;)
        {
            var needed = await tablePartitions.FindAsync(bound, filter, cancellation).ConfigureAwait(false);
            var files = new List<TableFile>();
            foreach (var partition in needed)
            {
                var all = await ListAsync(partition, before, cancellation).ConfigureAwait(false);
                files.AddRange(buckets is null || partition.Storage is not null
                    ? all
                    : all.Where(file => buckets.MayMatch(NameOf(file))));
            }

            var after = await exclusions.ListAsync(cancellation).ConfigureAwait(false);
            if (!needed.Select(partition => partition.Location).Append(table.Storage.Location)
                .Any(location => location.Length > 0 && after.DiffersAt(Folder(location), before)))
            {
                return files;
            }

            before = after;
        }
    }

    private async Task<IReadOnlyList<TableFile>> ListAsync(
        Partition partition, ExcludedObjects excluded, CancellationToken cancellation)
    {
        var location = Folder(partition.Location);
        if (await objects.FindBucketAsync(location.Bucket, cancellation).ConfigureAwait(false) is null)
        {
            return [];
        }

        var files = new List<TableFile>();
        string? after = null;
        do
        {
            var page = await objects
                .ListAsync(location.Bucket, new ObjectListing { Prefix = location.Key, After = after }, cancellation)
                .ConfigureAwait(false);
            files.AddRange(page.Objects
                .Where(info => IsData(info, location) && !excluded.Hides(info))
                .Select(info => new TableFile(info, partition)));
            after = page.NextAfter;
        }
        while (after is not null);
        return files;
    }

    private async Task<IReadOnlyList<TableFile>> FindGivenAsync(
        Table table,
        IReadOnlyList<(Partition Partition, bool IsNeeded)> partitions,
        IReadOnlyList<ObjectKey> given,
        CancellationToken cancellation)
    {
        var files = new List<TableFile>();
        var folders = partitions
            .Select(entry => (Folder: Folder(entry.Partition.Location), entry.Partition, entry.IsNeeded))
            .OrderByDescending(entry => entry.Folder.Key.Length)
            .ToList();
        foreach (var key in given)
        {
            var owner = folders.FirstOrDefault(entry => entry.Folder.Bucket == key.Bucket
                && key.Key.StartsWith(entry.Folder.Key, StringComparison.Ordinal));
            if (owner.Partition is null)
            {
                throw new TarnException(
                    ErrorKind.Invalid, $"object '{key}' lies in no partition of table '{table.Name}'");
            }

            var info = await objects.FindAsync(key, cancellation).ConfigureAwait(false)
                ?? throw new TarnException(
                    ErrorKind.NotFound, $"object '{key}' of table '{table.Name}' does not exist");
            if (owner.IsNeeded)
            {
                files.Add(new TableFile(info, owner.Partition));
            }
        }

        return files;
    }

    /// <summary>
    /// Hive's rule: nothing under a name that begins with <c>_</c> or <c>.</c>; folders' own marker objects neither.
    /// </summary>
    private static bool IsData(ObjectInfo info, ObjectKey location) =>
        info.Size > 0 && !info.Key.Key.EndsWith('/')
        && info.Key.Key[location.Key.Length..].Split('/').All(part => part.Length > 0 && part[0] is not ('_' or '.'));

    private static string NameOf(TableFile file) =>
        file.Object.Key.Key[(file.Object.Key.Key.LastIndexOf('/') + 1)..];

    private static ObjectKey Folder(string location)
    {
        var key = ObjectKey.Parse(location);
        return key.Key.Length == 0 || key.Key.EndsWith('/') ? key : key with { Key = key.Key + "/" };
    }
}
