using System.Collections.Concurrent;
using System.Globalization;
using Tarn.DuckDb;
using Tarn.Sql.Translation;
using Tarn.Storage.Objects;

namespace Tarn.Query.Estimates;

/// <summary>
/// Footers of Parquet objects. Kept in memory by key and ETag, so that a footer is read once. Thread-safe.
/// </summary>
internal sealed class ParquetFooters(IDuckDb duckDb)
{
    /// <summary>Column chunks that are kept; about 100 bytes each.</summary>
    private const long ChunksMax = 2_000_000;

    private const string Question =
        "SELECT file_name, row_group_id, lower(split_part(path_in_schema, ', ', 1)) AS name, "
        + "CAST(sum(total_compressed_size) AS BIGINT), "
        + "CASE WHEN count(*) = 1 AND bool_and(path_in_schema NOT LIKE '%, %') THEN any_value(stats_min_value) END, "
        + "CASE WHEN count(*) = 1 AND bool_and(path_in_schema NOT LIKE '%, %') THEN any_value(stats_max_value) END, "
        + "min(column_id) ";

    private readonly ConcurrentDictionary<(ObjectKey Key, string ETag), ParquetFooter> _known = new();
    private long _chunks;

    /// <summary>The footer of each file.</summary>
    public async Task<IReadOnlyList<ParquetFooter>> ReadAsync(
        IReadOnlyList<LocalFile> files, CancellationToken cancellation)
    {
        var found = new Dictionary<string, ParquetFooter>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (_known.TryGetValue(KeyOf(file), out var footer))
            {
                found[file.Path] = footer;
            }
        }

        var missing = files.Where(file => !found.ContainsKey(file.Path)).DistinctBy(file => file.Path).ToList();
        if (missing.Count > 0)
        {
            await LoadAsync(missing, found, cancellation).ConfigureAwait(false);
        }

        return [.. files.Select(file => found[file.Path])];
    }

    private async Task LoadAsync(
        List<LocalFile> files, Dictionary<string, ParquetFooter> found, CancellationToken cancellation)
    {
        var groups = files.ToDictionary(
            file => file.Path,
            _ => new SortedDictionary<long, Dictionary<string, ParquetChunk>>(),
            StringComparer.Ordinal);
        var places = files.ToDictionary(
            file => file.Path, _ => new SortedDictionary<long, string>(), StringComparer.Ordinal);
        var paths = string.Join(", ", groups.Keys.Select(DuckText.Text));
        using var session = duckDb.OpenSession();
        using var rows = await session
            .QueryAsync($"{Question} FROM parquet_metadata([{paths}]) GROUP BY 1, 2, 3", cancellation)
            .ConfigureAwait(false);
        while (rows.Read())
        {
            if (rows.GetValue(0) is string path && rows.GetValue(1) is { } id && rows.GetValue(2) is string column
                && rows.GetValue(3) is long bytes)
            {
                var group = Convert.ToInt64(id, CultureInfo.InvariantCulture);
                if (!groups[path].TryGetValue(group, out var columns))
                {
                    groups[path][group] = columns = new Dictionary<string, ParquetChunk>(StringComparer.Ordinal);
                }

                places[path][Convert.ToInt64(rows.GetValue(6), CultureInfo.InvariantCulture)] = column;
                columns[column] = new ParquetChunk(bytes, rows.GetValue(4) as string, rows.GetValue(5) as string);
            }
        }

        foreach (var file in files)
        {
            var footer = new ParquetFooter(
                [.. groups[file.Path].Values.Select(columns => new ParquetRowGroup(columns))],
                [.. places[file.Path].Values]);
            found[file.Path] = footer;
            Keep(file, footer);
        }
    }

    /// <summary>When there are too many, all are forgotten: the next queries read the footers that they need.</summary>
    private void Keep(LocalFile file, ParquetFooter footer)
    {
        if (Interlocked.Add(ref _chunks, footer.Groups.Sum(group => group.Columns.Count)) > ChunksMax)
        {
            _known.Clear();
            Interlocked.Exchange(ref _chunks, 0);
        }

        _known[KeyOf(file)] = footer;
    }

    private static (ObjectKey Key, string ETag) KeyOf(LocalFile file) => (file.Info.Key, file.Info.ETag);
}
