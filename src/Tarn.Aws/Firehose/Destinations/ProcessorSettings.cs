using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_Processor.html</summary>
internal sealed record ProcessorSettings
{
    [Member(
        IsNeeded = true,
        Choices =
        [
            ProcessorType.Decompression, ProcessorType.Lambda, ProcessorType.Deaggregation,
            ProcessorType.MetadataExtraction, ProcessorType.AppendDelimiter, ProcessorType.CloudWatchLogs,
        ])]
    public string? Type { get; init; }

    public IReadOnlyList<ProcessorParameter>? Parameters { get; init; }

    /// <summary>The value of a parameter, or null.</summary>
    public string? Find(string name) =>
        Parameters?.FirstOrDefault(parameter => parameter.ParameterName == name)?.ParameterValue;
}
