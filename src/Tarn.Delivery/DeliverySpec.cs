using Tarn.Formats.Compression;

namespace Tarn.Delivery;

/// <summary>A delivery stream's settings.</summary>
public sealed record DeliverySpec
{
    public required string Name { get; init; }

    /// <summary>The stream it reads, from the oldest record.</summary>
    public required string Stream { get; init; }

    /// <summary>Made when missing.</summary>
    public string Bucket { get; init; } = "lake";

    /// <summary>What comes before <c>&lt;table&gt;/year=…/month=…/day=…/hour=…/</c>.</summary>
    public string Prefix { get; init; } = "raw/";

    /// <summary>Database of the table that objects are registered in.</summary>
    public required string Database { get; init; }

    /// <summary>
    /// The table; it must exist with a JSON SerDe and the partition keys year, month, day, hour, all string.
    /// </summary>
    public required string Table { get; init; }

    public CompressionFormat Compression { get; init; } = CompressionFormat.Gzip;

    /// <summary>A batch is delivered when its oldest record is this old, 1 to 900.</summary>
    public int BufferSeconds { get; init; } = 60;

    /// <summary>... or when it holds this many bytes before compression, 1 MiB to 128 MiB, by default 64 MiB.</summary>
    public long BufferBytesMax { get; init; } = 64L << 20;
}
