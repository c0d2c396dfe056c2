namespace Tarn.Delivery;

/// <summary>How Parquet files are written; members and defaults are those of Firehose's ParquetSerDe.</summary>
public sealed record ParquetOutput
{
    public const int BlockBytesMin = 64 << 20;
    public const int BlockBytesDefault = 256 << 20;
    public const int PageBytesMin = 64 << 10;
    public const int PageBytesDefault = 1 << 20;

    /// <summary>Of the column chunks.</summary>
    public ParquetCompression Compression { get; init; } = ParquetCompression.Snappy;

    /// <summary>
    /// Most bytes of a row group before compression, at least 64 MiB. A group also ends after 122,880 rows, which
    /// are counted in steps of up to 2,048.
    /// </summary>
    public int BlockBytes { get; init; } = BlockBytesDefault;

    /// <summary>Largest page, at least 64 KiB.</summary>
    public int PageBytes { get; init; } = PageBytesDefault;

    /// <summary>Largest padding between row groups.</summary>
    public int MaxPaddingBytes { get; init; }

    /// <summary>Columns with few different values are written as a dictionary and indexes into it.</summary>
    public bool EnableDictionary { get; init; }

    public ParquetWriterVersion WriterVersion { get; init; } = ParquetWriterVersion.V1;
}
