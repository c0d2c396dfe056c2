namespace Tarn.Query.Writing;

/// <summary>How written objects are compressed: Parquet and Avro inside, text around.</summary>
internal enum WriteCompression
{
    None,
    Gzip,
    Snappy,
    Zstd,
    Bzip2,
    Lz4,
    Deflate,
}
