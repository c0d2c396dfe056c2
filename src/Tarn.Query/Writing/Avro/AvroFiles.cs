using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Tarn.DuckDb;
using Tarn.Formats.Compression;
using Tarn.Query.Writing.Files;
using Tarn.Sql.Translation;

namespace Tarn.Query.Writing.Avro;

/// <summary>
/// Files of rows as Avro object containers: a header with schema and codec, then blocks of rows, each followed by the
/// file's 16 marker bytes.
/// </summary>
internal sealed class AvroFiles(IDuckDb duckDb)
{
    private const int BlockBytes = 1 << 16;
    private const int MarkerBytes = 16;

    /// <summary>A file of Avro for each of Parquet, which is removed.</summary>
    public async Task<IReadOnlyList<StagedRows>> ConvertAsync(
        IReadOnlyList<StagedRows> files, WriteShape shape, CancellationToken cancellation)
    {
        var schema = AvroSchema.Of(shape.Columns);
        var converted = new StagedRows[files.Count];
        await Parallel.ForAsync(0, files.Count, cancellation, async (i, token) =>
        {
            var path = files[i].Path + ".avro";
            await ConvertAsync(files[i].Path, path, schema, shape, token).ConfigureAwait(false);
            File.Delete(files[i].Path);
            converted[i] = files[i] with { Path = path, Size = new FileInfo(path).Length };
        }).ConfigureAwait(false);
        return converted;
    }

    private async Task ConvertAsync(
        string source, string path, string schema, WriteShape shape, CancellationToken cancellation)
    {
        using var session = duckDb.OpenSession();
        using var rows = await session.QueryAsync(
            $"SELECT * FROM read_parquet({DuckText.Text(source)}, hive_partitioning = false)", cancellation)
            .ConfigureAwait(false);
        var marker = SHA256.HashData(Encoding.UTF8.GetBytes(schema))[..MarkerBytes];
        var target = File.Create(path);
        await using (target.ConfigureAwait(false))
        {
            WriteHeader(target, schema, shape.Compression, marker);
            using var block = new MemoryStream();
            var count = 0L;
            while (rows.Read())
            {
                for (var i = 0; i < shape.Columns.Count; i++)
                {
                    AvroEncoder.WriteNullable(block, rows.GetValue(i), shape.Columns[i].Type);
                }

                count++;
                if (block.Length >= BlockBytes)
                {
                    WriteBlock(target, block, count, shape.Compression, marker);
                    count = 0;
                }
            }

            WriteBlock(target, block, count, shape.Compression, marker);
        }
    }

    private static void WriteHeader(Stream target, string schema, WriteCompression compression, byte[] marker)
    {
        target.Write("Obj\u0001"u8);
        AvroEncoder.WriteLong(target, 2);
        AvroEncoder.WriteBytes(target, "avro.schema"u8);
        AvroEncoder.WriteBytes(target, Encoding.UTF8.GetBytes(schema));
        AvroEncoder.WriteBytes(target, "avro.codec"u8);
        AvroEncoder.WriteBytes(target, compression switch
        {
            WriteCompression.None => "null"u8,
            WriteCompression.Zstd => "zstandard"u8,
            _ => "deflate"u8,
        });
        AvroEncoder.WriteLong(target, 0);
        target.Write(marker);
    }

    private static void WriteBlock(
        Stream target, MemoryStream block, long count, WriteCompression compression, byte[] marker)
    {
        if (count == 0)
        {
            return;
        }

        var packed = Pack(block.GetBuffer().AsSpan(0, (int)block.Length), compression);
        AvroEncoder.WriteLong(target, count);
        AvroEncoder.WriteBytes(target, packed);
        target.Write(marker);
        block.SetLength(0);
    }

    private static byte[] Pack(ReadOnlySpan<byte> rows, WriteCompression compression)
    {
        switch (compression)
        {
            case WriteCompression.None:
                return rows.ToArray();
            case WriteCompression.Zstd:
                return CompressionCodec.Compress(rows, CompressionFormat.Zstd);
            default:
                using (var packed = new MemoryStream())
                {
                    using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                    {
                        deflate.Write(rows);
                    }

                    return packed.ToArray();
                }
        }
    }
}
