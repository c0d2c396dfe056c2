using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html</summary>
internal sealed record BufferingHints
{
    [Member(Min = 1, Max = 128)]
    public int? SizeInMBs { get; init; }

    [Member(Min = 0, Max = 900)]
    public int? IntervalInSeconds { get; init; }
}
