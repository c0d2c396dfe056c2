using System.Text.Json.Serialization;
using Tarn.Formats.Compression;

namespace Tarn.Delivery;

/// <summary>How records become objects: where, how large, how compressed.</summary>
public sealed record ObjectOutput
{
    /// <summary>Made when missing.</summary>
    public required string Bucket { get; init; }

    /// <summary>
    /// What names begin with; an expression such as <c>scores/year=!{timestamp:yyyy}/</c>. Without a timestamp in it
    /// <c>yyyy/MM/dd/HH/</c> is appended.
    /// </summary>
    public string Prefix { get; init; } = "";

    /// <summary>The same for records that failed; by default <c>&lt;type of failure&gt;/yyyy/MM/dd/HH/</c>.</summary>
    public string ErrorPrefix { get; init; } = "";

    /// <summary>IANA id of the zone that timestamps in prefixes are written in.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>What names end with; null: what the format and the compression are known by.</summary>
    public string? FileExtension { get; init; }

    public CompressionFormat Compression { get; init; }

    /// <summary>The compression as configuration names it.</summary>
    [JsonIgnore]
    public string CompressionName => CompressionCodec.Name(Compression);

    /// <summary>A batch is delivered when its oldest record is this old, 0 to 900; 0: as soon as may be.</summary>
    public int BufferSeconds { get; init; } = 300;

    /// <summary>... or when it holds this many bytes as they came, 1 MiB to 128 MiB.</summary>
    public long BufferBytesMax { get; init; } = 5L << 20;
}
