using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_DirectPutSourceConfiguration.html
/// </summary>
internal sealed record DirectPutSource
{
    [Member(IsNeeded = true, Min = 1, Max = 100, NoEffect = Reasons.ThroughputHint)]
    public int? ThroughputHintInMBs { get; init; }
}
