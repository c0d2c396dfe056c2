using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_KinesisStreamSourceConfiguration.html
/// </summary>
internal sealed record KinesisStreamSource
{
    [Member(
        IsNeeded = true,
        Min = 1,
        Max = 512,
        Pattern = @"arn:.*:kinesis:[a-zA-Z0-9\-]+:\d{12}:stream/[a-zA-Z0-9_.-]+")]
    public string? KinesisStreamARN { get; init; }

    [Member(IsNeeded = true, Min = 1, Max = 512, Pattern = ModelPatterns.RoleArn, NoEffect = Reasons.Role)]
    public string? RoleARN { get; init; }
}
