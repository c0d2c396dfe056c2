using System.Text;
using Tarn.DuckDb;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;
using Tarn.Sql.Translation;
using Tarn.Storage.Objects;

namespace Tarn.Query.Previews;

/// <summary>
/// Previews by the key's extension. DuckDB reads rows from the object's own file; of text at most
/// <see cref="TextBytesMax"/> are decompressed.
/// </summary>
internal sealed class ObjectPreviews(IObjectStore objects, IDuckDb duckDb) : IObjectPreviews
{
    public const int RowsMax = 50;
    public const int TextBytesMax = 64 << 10;

    private const string Parquet = "read_parquet({0}, hive_partitioning = false)";
    private const string Csv = "read_csv({0}, all_varchar = true, hive_partitioning = false)";

    private static readonly string[] Separated = [".csv", ".tsv"];

    public async Task<ObjectPreview?> ReadAsync(ObjectKey key, CancellationToken cancellation)
    {
        var format = CompressionCodec.FromName(key.Key);
        var name = format == CompressionFormat.None
            ? key.Key
            : key.Key[..^CompressionCodec.Extension(format).Length];
        if (name.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            return format == CompressionFormat.None
                ? await ReadRowsAsync(key, Parquet, cancellation).ConfigureAwait(false)
                : new ObjectPreview.None("a Parquet file inside another compression cannot be read in part");
        }

        var isCsv = Separated.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            && format is CompressionFormat.None or CompressionFormat.Gzip or CompressionFormat.Zstd;
        if (isCsv && await TryReadCsvAsync(key, cancellation).ConfigureAwait(false) is { } rows)
        {
            return rows;
        }

        return await ReadTextAsync(key, format, cancellation).ConfigureAwait(false);
    }

    /// <summary>Null when it is not CSV after all.</summary>
    private async Task<ObjectPreview?> TryReadCsvAsync(ObjectKey key, CancellationToken cancellation)
    {
        try
        {
            return await ReadRowsAsync(key, Csv, cancellation).ConfigureAwait(false);
        }
        catch (TarnException failure) when (failure.Kind is ErrorKind.Invalid or ErrorKind.Damaged)
        {
            return null;
        }
    }

    private async Task<ObjectPreview?> ReadRowsAsync(ObjectKey key, string reader, CancellationToken cancellation)
    {
        using var file = await objects.OpenLocalAsync(key, cancellation).ConfigureAwait(false);
        if (file is null)
        {
            return null;
        }

        var source = string.Format(null, reader, DuckText.Text(file.Path));
        using var session = duckDb.OpenSession();
        var columns = new List<PreviewColumn>();
        using (var described = await session.QueryAsync($"DESCRIBE SELECT * FROM {source}", cancellation)
            .ConfigureAwait(false))
        {
            while (described.Read())
            {
                columns.Add(new PreviewColumn((string)described.GetValue(0)!, (string)described.GetValue(1)!));
            }
        }

        var sql = $"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {source} LIMIT {RowsMax + 1}";
        using var result = await session.QueryAsync(sql, cancellation).ConfigureAwait(false);
        var rows = new List<IReadOnlyList<string?>>();
        while (result.Read())
        {
            rows.Add([.. Enumerable.Range(0, columns.Count).Select(column => (string?)result.GetValue(column))]);
        }

        return new ObjectPreview.Rows(columns, [.. rows.Take(RowsMax)], IsCut: rows.Count > RowsMax);
    }

    private async Task<ObjectPreview?> ReadTextAsync(
        ObjectKey key, CompressionFormat format, CancellationToken cancellation)
    {
        await using var content = await objects.OpenAsync(key, range: null, cancellation).ConfigureAwait(false);
        if (content is null)
        {
            return null;
        }

        var bytes = new byte[TextBytesMax + 1];
        int length;
        try
        {
            await using var plain = CompressionCodec.OpenRead(
                content.Body, format, bytesMax: long.MaxValue, leaveOpen: true);
            length = await plain.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is InvalidDataException or TarnException)
        {
            return new ObjectPreview.None($"it does not hold what its name says: {failure.Message}");
        }

        return TryDecode(bytes.AsSpan(0, Math.Min(length, TextBytesMax))) is { } text
            ? new ObjectPreview.Text(text, IsCut: length > TextBytesMax)
            : new ObjectPreview.None("its bytes are no text, and neither Parquet nor CSV by name");
    }

    /// <summary>UTF-8 text, without a character that is cut in two at the end; null: it is none.</summary>
    private static string? TryDecode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0))
        {
            return null;
        }

        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
        {
            try
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes[..^cut]);
            }
            catch (DecoderFallbackException) when (bytes.Length == TextBytesMax)
            {
                // Perhaps only the last character is cut.
            }
            catch (DecoderFallbackException)
            {
                return null;
            }
        }

        return null;
    }
}
