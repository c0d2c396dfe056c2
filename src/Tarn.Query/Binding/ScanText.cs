using Tarn.Sql.Translation;

namespace Tarn.Query.Binding;

/// <summary>Writes the DuckDB query that yields a scan's used columns from Parquet files.</summary>
internal static class ScanText
{
    private const string FileColumn = "$file";

    /// <param name="spelled">The files' paths as the query is to have them.</param>
    /// <param name="present">Columns that the files hold, in lower case.</param>
    public static string Parquet(
        IReadOnlyList<ScanColumn> columns,
        IReadOnlyList<FileConstant> constants,
        IReadOnlyList<OpenFile> files,
        IReadOnlyList<string> spelled,
        IReadOnlySet<string> present)
    {
        var values = files.Select(file => constants.Select(constant => constant.Text(file)).ToList()).ToList();
        var isOneForAll = values.All(row => row.SequenceEqual(values[0]));
        var needsFileName = constants.Count > 0 && !isOneForAll;
        var items = columns
            .Select(column => $"{Value(column, present)} AS {DuckText.Name(column.Name)}")
            .Concat(constants.Select((constant, i) => isOneForAll
                ? $"{Cast(values[0][i], constant)} AS {DuckText.Name(constant.Name)}"
                : $"p.{DuckText.Name(constant.Name)}"))
            .DefaultIfEmpty("1 AS \"$row\"");
        var paths = string.Join(", ", spelled.Select(DuckText.Text));
        var named = needsFileName ? $", filename='{FileColumn}'" : "";
        var read = $"read_parquet([{paths}], union_by_name=true, hive_partitioning=false{named})";
        var text = $"SELECT {string.Join(", ", items)} FROM {read} AS f";
        return needsFileName ? text + Join(spelled, constants, values) : text;
    }

    /// <summary>The columns without a row.</summary>
    public static string Empty(TableScan scan, BoundTable bound)
    {
        var columns = scan.Columns.Order(StringComparer.Ordinal)
            .Select(name => $"CAST(NULL AS {bound.Types[name].DuckDbName}) AS {DuckText.Name(name)}")
            .DefaultIfEmpty("1 AS \"$row\"");
        return $"SELECT {string.Join(", ", columns)} WHERE false";
    }

    private static string Value(ScanColumn column, IReadOnlySet<string> present) =>
        column.Position >= 0 && present.Contains(column.InFile)
            ? $"CAST(f.{DuckText.Name(column.InFile)} AS {column.Type.DuckDbName})"
            : $"CAST(NULL AS {column.Type.DuckDbName})";

    private static string Join(
        IReadOnlyList<string> paths, IReadOnlyList<FileConstant> constants, List<List<string?>> values)
    {
        var rows = paths.Zip(values, (path, row) =>
            $"({DuckText.Text(path)}, {string.Join(", ", row.Zip(constants, Cast))})");
        var names = string.Join(", ", constants.Select(constant => DuckText.Name(constant.Name)));
        return $" JOIN (VALUES {string.Join(", ", rows)}) AS p(\"{FileColumn}\", {names})"
            + $" ON f.\"{FileColumn}\" = p.\"{FileColumn}\"";
    }

    private static string Cast(string? text, FileConstant constant) =>
        $"CAST({(text is null ? "NULL" : DuckText.Text(text))} AS {constant.Type.DuckDbName})";
}
