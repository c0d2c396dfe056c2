namespace Tarn.Formats.Compression;

/// <summary>How a text object is compressed. Parquet has its own compression inside.</summary>
public enum CompressionFormat
{
    None,
    Gzip,
    Bzip2,
    Zstd,

    /// <summary>An archive with one entry.</summary>
    Zip,

    /// <summary>Blocks behind the header of snappy-java, as Firehose writes its <c>Snappy</c>. No checksum.</summary>
    Snappy,

    /// <summary>Blocks as Hadoop's SnappyCodec writes them. No checksum.</summary>
    HadoopSnappy,

    /// <summary>Frames of LZ4, each with a checksum of its text, as the tool <c>lz4</c> writes them.</summary>
    Lz4,
}
