using Tarn.Aws.Protocol.Shapes;
using Tarn.Delivery;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_ParquetSerDe.html. Compression may be ZSTD beyond what
/// AWS has.
/// </summary>
internal sealed record ParquetSettings
{
    [Member(Min = ParquetOutput.BlockBytesMin)]
    public int? BlockSizeBytes { get; init; }

    [Member(Min = ParquetOutput.PageBytesMin, Only = "the default of 1 MiB: pages have the size of the engine's own")]
    public int? PageSizeBytes { get; init; }

    [Member(Choices = ["SNAPPY", "GZIP", "UNCOMPRESSED", "ZSTD"])]
    public string? Compression { get; init; }

    public bool? EnableDictionaryCompression { get; init; }

    [Member(Min = 0, Only = "0: row groups are not padded, and no file lies in HDFS")]
    public int? MaxPaddingBytes { get; init; }

    [Member(Choices = ["V1", "V2"])]
    public string? WriterVersion { get; init; }
}
