using Tarn.Formats.Compression;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>Values of the member CompressionFormat.</summary>
internal static class Compressions
{
    public const string None = "UNCOMPRESSED";

    private static readonly IReadOnlyList<(string Name, CompressionFormat Format)> Rows =
    [
        (None, CompressionFormat.None),
        ("GZIP", CompressionFormat.Gzip),
        ("ZIP", CompressionFormat.Zip),
        ("Snappy", CompressionFormat.Snappy),
        ("HADOOP_SNAPPY", CompressionFormat.HadoopSnappy),
    ];

    public static CompressionFormat Of(string name) => Rows.First(row => row.Name == name).Format;

    /// <summary>AWS's name, or the lake's own for what only a lake project can ask for.</summary>
    public static string NameOf(CompressionFormat format) =>
        Rows.FirstOrDefault(row => row.Format == format).Name ?? format.ToString().ToUpperInvariant();
}
