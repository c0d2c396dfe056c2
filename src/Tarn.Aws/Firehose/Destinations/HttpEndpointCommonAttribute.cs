using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointCommonAttribute.html</summary>
internal sealed record HttpEndpointCommonAttribute
{
    [Member(IsNeeded = true, Min = 1, Max = 256, Pattern = ModelPatterns.NotBlank, IsSensitive = true)]
    public string? AttributeName { get; init; }

    [Member(IsNeeded = true, Max = 1024, IsSensitive = true)]
    public string? AttributeValue { get; init; }
}
