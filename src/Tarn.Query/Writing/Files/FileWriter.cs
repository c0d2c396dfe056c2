using System.Globalization;
using System.IO.Compression;
using Tarn.DuckDb;
using Tarn.Formats.Compression;
using Tarn.Query.Buckets;
using Tarn.Query.Writing.Avro;
using Tarn.Sql.Translation;

namespace Tarn.Query.Writing.Files;

/// <summary>A query's rows as staged files in the format that was asked for.</summary>
/// <remarks>
/// <code>
/// Parquet   COPY with the codec
/// JSON      COPY of one text column, each row an object; the files are then packed, several at once
/// text      the same, each row its fields between delimiters
/// Avro      COPY to Parquet, then a file of Avro for each
/// </code>
/// </remarks>
internal sealed class FileWriter(AvroFiles avro)
{
    private const string Lines = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\\x01'";

    public async Task<IReadOnlyList<StagedRows>> WriteAsync(
        RowStage stage,
        IDuckDbSession session,
        string sql,
        int columnCount,
        WriteShape shape,
        int partitionsMax,
        CancellationToken cancellation)
    {
        var names = string.Join(", ", Enumerable.Range(0, columnCount).Select(i => $"c{i}"));
        var keys = shape.PartitionKeys.Select((_, i) => $"\"partition key {i}\"").ToList();
        var columns = shape.Columns.Select(column => $"{column.Source} AS {DuckText.Name(column.Name)}")
            .Concat(shape.PartitionKeys.Select((key, i) => $"{key.Source} AS {keys[i]}")).ToList();
        var all = string.Join(", ", shape.Columns.Select(column => $"r.{DuckText.Name(column.Name)}"));
        var (list, format) = shape.Format switch
        {
            WriteFormat.Json => (JsonRowText.Line(shape.Columns), Lines),
            WriteFormat.Text => (new DelimitedRowText(shape.Text).Line(shape.Columns), Lines),
            WriteFormat.Avro => (all, "FORMAT parquet, COMPRESSION uncompressed"),
            _ => (all, $"FORMAT parquet, COMPRESSION {Codec(shape.Compression)}"),
        };
        keys = [.. keys.Select(key => $"r.{key}")];
        if (shape.Buckets is { } buckets)
        {
            keys.Add(BucketText.Of(buckets, "r"));
        }

        var files = await stage.WriteAsync(
            session,
            shape.Format is WriteFormat.Json or WriteFormat.Text ? $"{list} AS line" : list,
            keys,
            $"(SELECT {string.Join(", ", columns)} FROM ({sql}) AS result({names})) AS r",
            format,
            partitionsMax,
            cancellation).ConfigureAwait(false);
        files = shape.Buckets is null ? files : [.. files.Select(WithBucket)];
        return shape.Format switch
        {
            WriteFormat.Avro => await avro.ConvertAsync(files, shape, cancellation).ConfigureAwait(false),
            WriteFormat.Parquet => files,
            _ => await PackAsync(files, TextCodec(shape.Compression), cancellation).ConfigureAwait(false),
        };
    }

    /// <summary>The last value is the bucket's number.</summary>
    private static StagedRows WithBucket(StagedRows file) => file with
    {
        Values = [.. file.Values.SkipLast(1)],
        Bucket = int.Parse(file.Values[^1], CultureInfo.InvariantCulture),
    };

    private static string Codec(WriteCompression compression) =>
        compression == WriteCompression.None ? "uncompressed" : compression.ToString().ToLowerInvariant();

    private static CompressionFormat TextCodec(WriteCompression compression) => compression switch
    {
        WriteCompression.Gzip => CompressionFormat.Gzip,
        WriteCompression.Snappy => CompressionFormat.HadoopSnappy,
        WriteCompression.Zstd => CompressionFormat.Zstd,
        WriteCompression.Bzip2 => CompressionFormat.Bzip2,
        WriteCompression.Lz4 => CompressionFormat.Lz4,
        _ => CompressionFormat.None,
    };

    private static async Task<IReadOnlyList<StagedRows>> PackAsync(
        IReadOnlyList<StagedRows> files, CompressionFormat format, CancellationToken cancellation)
    {
        if (format == CompressionFormat.None)
        {
            return files;
        }

        var packed = new StagedRows[files.Count];
        await Parallel.ForAsync(0, files.Count, cancellation, async (i, token) =>
        {
            var plain = files[i].Path;
            var path = plain + ".packed";
            var source = File.OpenRead(plain);
            await using (source.ConfigureAwait(false))
            {
                var target = File.Create(path);
                await using (target.ConfigureAwait(false))
                {
                    var coded = CompressionCodec.OpenWrite(target, format, CompressionLevel.Fastest, leaveOpen: true);
                    await using (coded.ConfigureAwait(false))
                    {
                        await source.CopyToAsync(coded, token).ConfigureAwait(false);
                    }
                }
            }

            File.Delete(plain);
            packed[i] = files[i] with { Path = path, Size = new FileInfo(path).Length };
        }).ConfigureAwait(false);
        return packed;
    }
}
