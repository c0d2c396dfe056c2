using Tarn.Formats.Compression;

namespace Tarn.Delivery;

/// <summary>The lake's own layout: a folder per table, in it one per hour, in it JSON lines.</summary>
public static class LakeLayout
{
    public const string Bucket = "lake";

    public const string Prefix = "raw/";

    private const string Hours =
        "year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/";

    /// <summary>The partition keys that a table of this layout has, in this order, all string.</summary>
    public static IReadOnlyList<string> PartitionKeys { get; } = ["year", "month", "day", "hour"];

    /// <summary>
    /// <c>&lt;prefix&gt;&lt;table&gt;/year=…/month=…/day=…/hour=…/</c> of arrival, gzip, after 60 s or 64 MiB. What
    /// fails goes to <c>&lt;prefix&gt;errors/&lt;table&gt;/&lt;type of failure&gt;/</c> and the hour.
    /// </summary>
    public static ObjectDestination Of(TableTarget table, string bucket = Bucket, string prefix = Prefix) => new()
    {
        Output = new ObjectOutput
        {
            Bucket = bucket,
            Prefix = $"{prefix}{table.Table}/{Hours}",
            ErrorPrefix = $"{prefix}errors/{table.Table}/!{{firehose:error-output-type}}/{Hours}",
            Compression = CompressionFormat.Gzip,
            BufferSeconds = 60,
            BufferBytesMax = 64L << 20,
        },
        Form = RecordForm.JsonLines,
        Table = table,
    };
}
