using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_DataFormatConversionConfiguration.html
/// </summary>
internal sealed record DataFormatConversionConfiguration
{
    public SchemaConfiguration? SchemaConfiguration { get; init; }

    [Member(IsReplaced = true)]
    public InputFormatConfiguration? InputFormatConfiguration { get; init; }

    [Member(IsReplaced = true)]
    public OutputFormatConfiguration? OutputFormatConfiguration { get; init; }

    /// <summary>Absent is true.</summary>
    public bool? Enabled { get; init; }
}
