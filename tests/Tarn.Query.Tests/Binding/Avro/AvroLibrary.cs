using Avro;
using Avro.File;
using Avro.Generic;
using Tarn.Formats.Compression;

namespace Tarn.Query.Tests.Binding.Avro;

/// <summary>Files of Avro by Apache's own library, which Tarn does not use.</summary>
internal static class AvroLibrary
{
    public static IReadOnlyList<string> Codecs { get; } = ["null", "deflate", "snappy", "zstandard", "bzip2"];

    public static byte[] Write(
        string schema, string codec, Action<GenericRecord, int> fill, int rows, int syncInterval = 1000)
    {
        var record = (RecordSchema)Schema.Parse(schema);
        using var target = new MemoryStream();
        using (var writer = DataFileWriter<GenericRecord>.OpenWriter(
            new GenericDatumWriter<GenericRecord>(record), target, CodecOf(codec), leaveOpen: true))
        {
            writer.SetSyncInterval(Math.Max(32, syncInterval));
            for (var row = 0; row < rows; row++)
            {
                var value = new GenericRecord(record);
                fill(value, row);
                writer.Append(value);
            }
        }

        return target.ToArray();
    }

    public static IReadOnlyList<GenericRecord> Read(byte[] file)
    {
        Codec.RegisterResolver(name => name == "zstandard" ? CodecOf(name) : null);
        using var reader = DataFileReader<GenericRecord>.OpenReader(new MemoryStream(file));
        return [.. reader.NextEntries];
    }

    private static Codec CodecOf(string name) => name switch
    {
        "null" => new NullCodec(),
        "deflate" => new DeflateCodec(),
        "snappy" => new OwnCodec(name, Snap, _ => throw new NotSupportedException(name)),
        "zstandard" => new OwnCodec(
            name,
            bytes => CompressionCodec.Compress(bytes, CompressionFormat.Zstd),
            bytes => CompressionCodec.Decompress(bytes, CompressionFormat.Zstd, 1 << 24)),
        _ => new OwnCodec(
            name,
            bytes => CompressionCodec.Compress(bytes, CompressionFormat.Bzip2),
            bytes => CompressionCodec.Decompress(bytes, CompressionFormat.Bzip2, 1 << 24)),
    };

    private static byte[] Snap(byte[] plain)
    {
        var crc = uint.MaxValue;
        foreach (var part in plain)
        {
            crc ^= part;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
            }
        }

        crc = ~crc;
        return [.. Snappier.Snappy.CompressToArray(plain),
            (byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc];
    }

    private sealed class OwnCodec(string name, Func<byte[], byte[]> pack, Func<byte[], byte[]> unpack) : Codec
    {
        public override byte[] Compress(byte[] uncompressedData) => pack(uncompressedData);

        public override void Compress(MemoryStream inputStream, MemoryStream outputStream)
        {
            outputStream.SetLength(0);
            outputStream.Write(pack(inputStream.ToArray()));
        }

        public override byte[] Decompress(byte[] compressedData, int blockLength) =>
            unpack(compressedData[..blockLength]);

        public override string GetName() => name;

        public override bool Equals(object? other) => other is OwnCodec codec && codec.GetName() == name;

        public override int GetHashCode() => name.GetHashCode(StringComparison.Ordinal);
    }
}
