namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessingConfiguration.html</summary>
internal sealed record ProcessingConfiguration
{
    public bool? Enabled { get; init; }

    public IReadOnlyList<ProcessorSettings>? Processors { get; init; }
}
