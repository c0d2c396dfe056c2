using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessorParameter.html</summary>
internal sealed record ProcessorParameter
{
    [Member(
        IsNeeded = true,
        Choices =
        [
            Destinations.ParameterName.DataMessageExtraction, Destinations.ParameterName.NumberOfRetries,
            Destinations.ParameterName.Delimiter, Destinations.ParameterName.RoleArn,
            Destinations.ParameterName.JsonParsingEngine, Destinations.ParameterName.SubRecordType,
            Destinations.ParameterName.MetadataExtractionQuery, Destinations.ParameterName.BufferIntervalInSeconds,
            Destinations.ParameterName.LambdaArn, Destinations.ParameterName.BufferSizeInMBs,
            Destinations.ParameterName.CompressionFormat,
        ])]
    public string? ParameterName { get; init; }

    [Member(IsNeeded = true, Min = 1, Max = 5120, Pattern = ModelPatterns.NotBlank)]
    public string? ParameterValue { get; init; }
}
