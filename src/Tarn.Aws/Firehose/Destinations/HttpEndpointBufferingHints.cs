using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointBufferingHints.html</summary>
internal sealed record HttpEndpointBufferingHints
{
    [Member(Min = 1, Max = 64)]
    public int? SizeInMBs { get; init; }

    [Member(Min = 0, Max = 900)]
    public int? IntervalInSeconds { get; init; }
}
