using System.Collections.Concurrent;
using Tarn.DuckDb;
using Tarn.Sql.Translation;
using Tarn.Storage.Objects;

namespace Tarn.Query.Estimates;

/// <summary>
/// Bytes per column of Parquet objects, from their footers. Kept in memory by key and ETag; a footer is read once.
/// </summary>
internal sealed class ParquetColumns(IDuckDb duckDb)
{
    private const int EntriesMax = 100_000;

    private readonly ConcurrentDictionary<(ObjectKey Key, string ETag), IReadOnlyDictionary<string, long>> _known =
        new();

    /// <summary>
    /// For each file the compressed bytes of its column chunks by lower-case column name; empty of a file without rows.
    /// </summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, long>>> ReadAsync(
        IReadOnlyList<LocalFile> files, CancellationToken cancellation)
    {
        var missing = files.Where(file => !_known.ContainsKey(KeyOf(file))).ToList();
        if (missing.Count > 0)
        {
            await LoadAsync(missing, cancellation).ConfigureAwait(false);
        }

        return [.. files.Select(file => _known[KeyOf(file)])];
    }

    private async Task LoadAsync(List<LocalFile> files, CancellationToken cancellation)
    {
        if (_known.Count > EntriesMax)
        {
            _known.Clear();
        }

        var sizes = files.ToDictionary(
            file => file.Path, _ => new Dictionary<string, long>(StringComparer.Ordinal), StringComparer.Ordinal);
        var paths = string.Join(", ", sizes.Keys.Select(DuckText.Text));
        using var session = duckDb.OpenSession();
        using var rows = await session.QueryAsync(
            "SELECT file_name, lower(split_part(path_in_schema, ', ', 1)), CAST(sum(total_compressed_size) AS BIGINT) "
                + $"FROM parquet_metadata([{paths}]) GROUP BY 1, 2",
            cancellation).ConfigureAwait(false);
        while (rows.Read())
        {
            if (rows.GetValue(0) is string path && rows.GetValue(1) is string column && rows.GetValue(2) is long bytes)
            {
                sizes[path][column] = bytes;
            }
        }

        foreach (var file in files)
        {
            _known[KeyOf(file)] = sizes[file.Path];
        }
    }

    private static (ObjectKey Key, string ETag) KeyOf(LocalFile file) => (file.Info.Key, file.Info.ETag);
}
