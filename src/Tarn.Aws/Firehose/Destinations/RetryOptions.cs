using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_RetryOptions.html, and HttpEndpointRetryOptions.
/// </summary>
internal sealed record RetryOptions
{
    public const int DefaultSeconds = 300;

    [Member(Min = 0, Max = 7200)]
    public int? DurationInSeconds { get; init; }
}
