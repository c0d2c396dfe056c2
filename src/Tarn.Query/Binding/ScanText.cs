using System.Globalization;
using System.Text;
using Tarn.Catalog.Tables;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding;

/// <summary>Writes the DuckDB query that yields a scan's used columns from its files.</summary>
internal static class ScanText
{
    private const string FileColumn = "$file";

    /// <param name="files">Paths with partition values.</param>
    /// <param name="present">Columns that the files hold, of Parquet; null: whatever is declared.</param>
    public static string Print(
        TableScan scan,
        BoundTable bound,
        TableReader reader,
        IReadOnlyList<(string Path, IReadOnlyList<string> Values)> files,
        IReadOnlySet<string>? present)
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
            name => $"{Value(table, name, bound.Types[name], present)} AS {DuckText.Name(name)}").ToList();
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
        var read = reader == TableReader.Parquet
            ? $"read_parquet([{paths}], union_by_name=true, hive_partitioning=false{named})"
            : $"read_json([{paths}], format='newline_delimited', hive_partitioning=false, "
                + $"columns={{{JsonColumns(table, dataColumns, bound)}}}{named})";
        var text = $"SELECT {string.Join(", ", items)} FROM {read} AS f";
        return needsFileName ? text + PartitionJoin(files, usedKeys, partitionKeys, bound) : text;
    }

    private static string Empty(List<string> used, BoundTable bound)
    {
        var columns = used.Select(name => $"CAST(NULL AS {bound.Types[name].DuckDbName}) AS {DuckText.Name(name)}");
        return $"SELECT {string.Join(", ", columns.DefaultIfEmpty("1 AS \"$row\""))} WHERE false";
    }

    private static string Value(Table table, string name, SqlType type, IReadOnlySet<string>? present) =>
        present is null ? $"f.{DuckText.Name(JsonKey(table, name))}"
            : present.Contains(name) ? $"CAST(f.{DuckText.Name(name)} AS {type.DuckDbName})"
            : $"CAST(NULL AS {type.DuckDbName})";

    /// <summary>The reader wants at least one column, also when the query counts rows only.</summary>
    private static string JsonColumns(Table table, List<string> columns, BoundTable bound)
    {
        if (columns.Count == 0)
        {
            return "'$none': 'VARCHAR'";
        }

        var text = new StringBuilder();
        foreach (var name in columns)
        {
            text.Append(text.Length == 0 ? "" : ", ")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"{DuckText.Text(JsonKey(table, name))}: {DuckText.Text(bound.Types[name].DuckDbName)}");
        }

        return text.ToString();
    }

    /// <summary>
    /// The key in the files where it is spelt otherwise than the column: OpenX's <c>mapping.&lt;column&gt;</c>.
    /// </summary>
    private static string JsonKey(Table table, string name) =>
        table.Storage.SerDeParameters.TryGetValue("mapping." + name, out var key) ? key : name;

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
