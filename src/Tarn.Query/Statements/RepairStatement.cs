using Tarn.Catalog;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Writing.Files;
using Tarn.Sql.Tree;
using Tarn.Storage.Objects;

namespace Tarn.Query.Statements;

/// <summary>
/// MSCK REPAIR TABLE: folders of the form <c>key=value/</c> below the table's location become partitions. Partitions
/// whose folder holds nothing are named and stay, as in Athena.
/// </summary>
internal sealed class RepairStatement(ICatalog catalog, TableLookup lookup, IObjectStore objects, TimeProvider clock)
{
    public async Task<IReadOnlyList<string>> RunAsync(
        Statement.RepairTable repair, string database, CancellationToken cancellation)
    {
        var table = await lookup.RequireFilesAsync(repair.Table, database, cancellation).ConfigureAwait(false);
        if (table.PartitionKeys.Count == 0)
        {
            return [];
        }

        var root = ObjectKey.Parse(table.Storage.Location);
        root = root.Key.Length == 0 || root.Key.EndsWith('/') ? root : root with { Key = root.Key + "/" };
        var known = await catalog.ListPartitionsAsync(table.Name, cancellation).ConfigureAwait(false);
        var found = new List<(IReadOnlyList<string> Values, string Folder)>();
        if (await objects.FindBucketAsync(root.Bucket, cancellation).ConfigureAwait(false) is not null)
        {
            await FindAsync(table, root, [], found, cancellation).ConfigureAwait(false);
        }

        var there = known.Select(partition => Text(table, partition.Values)).ToHashSet(StringComparer.Ordinal);
        var missing = found
            .Where(entry => !there.Contains(Text(table, entry.Values)))
            .DistinctBy(entry => Text(table, entry.Values)).ToList();
        var now = clock.GetUtcNow();
        await catalog.AddPartitionsAsync(
            table.Name,
            [.. missing.Select(entry => new Partition(entry.Values, entry.Folder, now))],
            cancellation).ConfigureAwait(false);
        var standing = found.Select(entry => Text(table, entry.Values)).ToHashSet(StringComparer.Ordinal);
        var lost = known
            .Where(partition => partition.Location.StartsWith(root.ToString(), StringComparison.Ordinal))
            .Select(partition => Text(table, partition.Values))
            .Where(text => !standing.Contains(text)).ToList();
        return Lines([.. missing.Select(entry => Text(table, entry.Values))], lost);
    }

    private static List<string> Lines(List<string> added, List<string> lost)
    {
        var lines = new List<string>();
        if (added.Count > 0)
        {
            lines.Add($"Partitions not in metastore:\t{string.Join('\t', added)}");
        }

        if (lost.Count > 0)
        {
            lines.Add($"Partitions missing from filesystem:\t{string.Join('\t', lost)}");
        }

        lines.AddRange(added.Select(text => $"Repair: Added partition to metastore {text}"));
        return lines;
    }

    /// <summary>A folder per level; other folders, and hidden ones, are passed over.</summary>
    private async Task FindAsync(
        Table table,
        ObjectKey folder,
        IReadOnlyList<string> values,
        List<(IReadOnlyList<string> Values, string Folder)> found,
        CancellationToken cancellation)
    {
        if (values.Count == table.PartitionKeys.Count)
        {
            found.Add((values, folder.ToString()));
            return;
        }

        var key = table.PartitionKeys[values.Count].Name;
        string? after = null;
        do
        {
            var listing = new ObjectListing { Prefix = folder.Key, Delimiter = "/", After = after };
            var page = await objects.ListAsync(folder.Bucket, listing, cancellation).ConfigureAwait(false);
            foreach (var inner in page.CommonPrefixes)
            {
                if (PartitionFolder.Parse(inner[folder.Key.Length..^1]) is { } pair
                    && pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
                {
                    await FindAsync(
                        table, folder with { Key = inner }, [.. values, pair.Value], found, cancellation)
                        .ConfigureAwait(false);
                }
            }

            after = page.NextAfter;
        }
        while (after is not null);
    }

    /// <summary><c>scores:year=2026/month=11</c>.</summary>
    private static string Text(Table table, IReadOnlyList<string> values) =>
        $"{table.Name.Name}:{PartitionFolder.Of(table.PartitionKeys.Select(key => key.Name), values).TrimEnd('/')}";
}
