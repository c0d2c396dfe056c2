using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_CloudWatchLoggingOptions.html</summary>
internal sealed record CloudWatchLoggingOptions
{
    [Member(RefusedValues = ["true"], RefusedValuesWhy = Reasons.CloudWatch)]
    public bool? Enabled { get; init; }

    [Member(Max = 512, Pattern = @"[\.\-_/#A-Za-z0-9]*", NoEffect = Reasons.LogNames)]
    public string? LogGroupName { get; init; }

    [Member(Max = 512, Pattern = "[^:*]*", NoEffect = Reasons.LogNames)]
    public string? LogStreamName { get; init; }
}
