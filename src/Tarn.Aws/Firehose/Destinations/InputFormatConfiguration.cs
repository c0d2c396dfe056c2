namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_InputFormatConfiguration.html</summary>
internal sealed record InputFormatConfiguration
{
    public Deserializer? Deserializer { get; init; }
}
