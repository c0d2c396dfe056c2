namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_OutputFormatConfiguration.html</summary>
internal sealed record OutputFormatConfiguration
{
    public Serializer? Serializer { get; init; }
}
