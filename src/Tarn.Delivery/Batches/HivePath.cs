using Tarn.Catalog.Tables;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.Batches;

/// <summary>Folders of the form <c>key=value/</c> that name a table's partitions.</summary>
internal static class HivePath
{
    /// <summary>
    /// The values of the table's partition keys that a key's last folders tell, in the keys' order; null when they tell
    /// others, or the table has no partition keys.
    /// </summary>
    public static IReadOnlyList<string>? FindValues(Table table, ObjectKey key)
    {
        var all = key.Key.Split('/')[..^1];
        if (table.PartitionKeys.Count == 0 || all.Length < table.PartitionKeys.Count)
        {
            return null;
        }

        var folders = all[^table.PartitionKeys.Count..];
        var values = new string[folders.Length];
        for (var i = 0; i < folders.Length; i++)
        {
            var equals = folders[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : folders[i][..equals];
            if (!name.Equals(table.PartitionKeys[i].Name, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            values[i] = folders[i][(equals + 1)..];
        }

        return values;
    }

    /// <summary>Whether a key lies below the table's location.</summary>
    public static bool IsBelow(Table table, ObjectKey key)
    {
        var location = table.Storage.Location;
        var root = location.EndsWith('/') ? location : location + "/";
        return location.Length > 0 && key.ToString().StartsWith(root, StringComparison.Ordinal);
    }

    /// <summary>The folder of a key: <c>s3://bucket/a/b/</c>.</summary>
    public static string Folder(ObjectKey key) =>
        (key with { Key = key.Key[..(key.Key.LastIndexOf('/') + 1)] }).ToString();
}
