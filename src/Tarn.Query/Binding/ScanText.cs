using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding;

/// <summary>Writes the DuckDB query that yields a scan's used columns from its Parquet files.</summary>
internal static class ScanText
{
    private const string FileColumn = "$file";

    /// <param name="files">Paths with partition values.</param>
    /// <param name="present">Columns that the files hold.</param>
    public static string Print(
        TableScan scan,
        BoundTable bound,
        IReadOnlyList<(string Path, IReadOnlyList<string> Values)> files,
        IReadOnlySet<string> present)
    {
        var table = bound.Table!;
        var partitionKeys = table.PartitionKeys.Select(key => key.Name.ToLowerInvariant()).ToList();
        var used = scan.Columns.Order(StringComparer.Ordinal).ToList();
        var dataColumns = used.Where(name => !partitionKeys.Contains(name)).ToList();
        var usedKeys = Enumerable.Range(0, partitionKeys.Count).Where(
            i => scan.Columns.Contains(partitionKeys[i])).ToList();
        if (files.Count == 0)
        {
            return Empty(used, bound);
        }

        var isOnePartition = files.All(file => file.Values.SequenceEqual(files[0].Values));
        var needsFileName = usedKeys.Count > 0 && !isOnePartition;
        var items = dataColumns.Select(
            name => $"{Value(name, bound.Types[name], present)} AS {DuckText.Name(name)}").ToList();
        items.AddRange(usedKeys.Select(i => isOnePartition
            ? PartitionValue(files[0].Values[i], bound.Types[partitionKeys[i]])
                + " AS " + DuckText.Name(partitionKeys[i])
            : $"p.{DuckText.Name(partitionKeys[i])}"));
        if (items.Count == 0)
        {
            items.Add("1 AS \"$row\"");
        }

        var paths = string.Join(", ", files.Select(file => DuckText.Text(file.Path)));
        var named = needsFileName ? $", filename='{FileColumn}'" : "";
        var read = $"read_parquet([{paths}], union_by_name=true, hive_partitioning=false{named})";
        var text = $"SELECT {string.Join(", ", items)} FROM {read} AS f";
        return needsFileName ? text + PartitionJoin(files, usedKeys, partitionKeys, bound) : text;
    }

    private static string Empty(List<string> used, BoundTable bound)
    {
        var columns = used.Select(name => $"CAST(NULL AS {bound.Types[name].DuckDbName}) AS {DuckText.Name(name)}");
        return $"SELECT {string.Join(", ", columns.DefaultIfEmpty("1 AS \"$row\""))} WHERE false";
    }

    private static string Value(string name, SqlType type, IReadOnlySet<string> present) =>
        present.Contains(name) ? $"CAST(f.{DuckText.Name(name)} AS {type.DuckDbName})"
            : $"CAST(NULL AS {type.DuckDbName})";

    private static string PartitionJoin(
        IReadOnlyList<(string Path, IReadOnlyList<string> Values)> files,
        List<int> usedKeys,
        List<string> partitionKeys,
        BoundTable bound)
    {
        var rows = files.Select(file =>
        {
            var values = usedKeys.Select(i => PartitionValue(file.Values[i], bound.Types[partitionKeys[i]]));
            return $"({DuckText.Text(file.Path)}, {string.Join(", ", values)})";
        });
        var names = string.Join(", ", usedKeys.Select(i => DuckText.Name(partitionKeys[i])));
        return $" JOIN (VALUES {string.Join(", ", rows)}) AS p(\"{FileColumn}\", {names})"
            + $" ON f.\"{FileColumn}\" = p.\"{FileColumn}\"";
    }

    private static string PartitionValue(string value, SqlType type) => TableFiles.IsNull(value)
        ? $"CAST(NULL AS {type.DuckDbName})"
        : $"CAST({DuckText.Text(value)} AS {type.DuckDbName})";
}
