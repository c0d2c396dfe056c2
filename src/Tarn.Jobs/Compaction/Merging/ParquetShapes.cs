using Tarn.DuckDb;
using Tarn.Jobs.Inputs;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Compaction.Merging;

/// <summary>Reads from Parquet footers what files must have in common to become one.</summary>
internal sealed class ParquetShapes(IDuckDb duckDb, IObjectStore store)
{
    /// <summary>How a footer names a codec, and COPY.</summary>
    private static readonly Dictionary<string, string> Codecs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UNCOMPRESSED"] = "uncompressed",
        ["SNAPPY"] = "snappy",
        ["GZIP"] = "gzip",
        ["ZSTD"] = "zstd",
        ["BROTLI"] = "brotli",
        ["LZ4_RAW"] = "lz4_raw",
    };

    /// <summary>The file's shape; null when the object was changed or removed since it was listed.</summary>
    public async Task<ParquetShape?> FindAsync(JobInput source, CancellationToken cancellation)
    {
        using var file = await store.OpenLocalAsync(source.ObjectKey, cancellation).ConfigureAwait(false);
        if (file?.Info.ETag != source.Etag)
        {
            return null;
        }

        try
        {
            return await ReadAsync(file.Path, cancellation).ConfigureAwait(false);
        }
        catch (TarnException failure) when (failure.Kind is ErrorKind.Damaged or ErrorKind.Invalid)
        {
            return new ParquetShape("", "", 0) { Unfit = failure.Describe() };
        }
    }

    public async Task<ParquetShape> ReadAsync(string path, CancellationToken cancellation)
    {
        using var session = duckDb.OpenSession();
        var text = QuoteText(path);
        var columns = new List<string>();
        using (var described = await session.QueryAsync(
            $"SELECT * FROM read_parquet({text}, hive_partitioning = false) LIMIT 0", cancellation)
            .ConfigureAwait(false))
        {
            columns.AddRange(described.Columns.Select(column => $"{column.Name} {column.Type}"));
        }

        var codecs = await ListAsync<string>(
            session, $"SELECT DISTINCT compression FROM parquet_metadata({text})", cancellation).ConfigureAwait(false);
        var rows = await ListAsync<long>(
            session, $"SELECT CAST(num_rows AS BIGINT) FROM parquet_file_metadata({text})", cancellation)
            .ConfigureAwait(false);
        var shape = new ParquetShape(string.Join('\n', columns), "", rows.Sum());
        return codecs.Count == 1 && Codecs.TryGetValue(codecs[0], out var codec)
            ? shape with { Codec = codec }
            : shape with { Unfit = $"its columns are compressed by [{string.Join(", ", codecs)}]" };
    }

    /// <summary>A text in DuckDB's SQL.</summary>
    public static string QuoteText(string text) =>
        $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static async Task<List<T>> ListAsync<T>(
        IDuckDbSession session, string sql, CancellationToken cancellation)
    {
        var found = new List<T>();
        using var result = await session.QueryAsync(sql, cancellation).ConfigureAwait(false);
        while (result.Read())
        {
            if (result.GetValue(0) is T value)
            {
                found.Add(value);
            }
        }

        return found;
    }
}
