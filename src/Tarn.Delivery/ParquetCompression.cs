namespace Tarn.Delivery;

/// <summary>Compression inside a Parquet file. Firehose has no zstd; lake.yaml offers it too.</summary>
public enum ParquetCompression
{
    Uncompressed,
    Snappy,
    Gzip,
    Zstd,
}
