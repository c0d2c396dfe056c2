namespace Tarn.Formats.Compression;

/// <summary>How a text object is compressed. Parquet has its own compression inside.</summary>
public enum CompressionFormat
{
    None,
    Gzip,
    Bzip2,
    Zstd,
}
