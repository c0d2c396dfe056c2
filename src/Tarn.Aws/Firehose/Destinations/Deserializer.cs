namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_Deserializer.html</summary>
internal sealed record Deserializer
{
    public OpenXSettings? OpenXJsonSerDe { get; init; }

    public HiveSettings? HiveJsonSerDe { get; init; }
}
