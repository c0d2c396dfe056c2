using Tarn.DuckDb;
using Tarn.Query.Writing.Files;

namespace Tarn.Jobs.Targets;

/// <summary>
/// Writes a query's result as Parquet (zstd) into a folder of its own below the staging directory, one folder per
/// partition in Hive's layout. Disposing removes what has not been taken over.
/// </summary>
internal sealed class ParquetStage(string folder) : IDisposable
{
    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Runs the query to its end.</summary>
    public async Task<IReadOnlyList<StagedFile>> WriteAsync(
        IDuckDbSession session, string sql, TargetSchema schema, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var isPartitioned = schema.PartitionKeys.Count > 0;
        var keys = string.Join(", ", schema.PartitionKeys.Select(key => TargetSchema.Quote(key.Name)));
        var options = isPartitioned
            ? $"FORMAT parquet, COMPRESSION zstd, PARTITION_BY ({keys}), FILENAME_PATTERN 'part_{{i}}'"
            : "FORMAT parquet, COMPRESSION zstd";
        var path = isPartitioned ? folder : Path.Combine(folder, "part_0.parquet");
        Rows = await session.ExecuteAsync(
            $"COPY (SELECT {schema.SelectList} FROM ({sql}) AS result) TO '{Escape(path)}' ({options})", cancellation)
            .ConfigureAwait(false);
        return Rows == 0 ? [] : [.. Collect()];
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Escape(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static string ValueOf(string folderName)
    {
        var value = Uri.UnescapeDataString(folderName[(folderName.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return value.Length == 0 ? RowStage.NullPartition : value;
    }

    private IEnumerable<StagedFile> Collect()
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.parquet", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(folder, Path.GetDirectoryName(path)!);
            string[] parts = relative == "." ? [] : relative.Split(Path.DirectorySeparatorChar);
            yield return new StagedFile(
                path,
                string.Concat(parts.Select(part => part + "/")),
                [.. parts.Select(ValueOf)],
                new FileInfo(path).Length);
        }
    }
}
