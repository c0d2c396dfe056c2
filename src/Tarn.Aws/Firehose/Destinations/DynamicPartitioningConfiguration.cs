namespace Tarn.Aws.Firehose.Destinations;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_DynamicPartitioningConfiguration.html
/// </summary>
internal sealed record DynamicPartitioningConfiguration
{
    public RetryOptions? RetryOptions { get; init; }

    public bool? Enabled { get; init; }
}
