using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointConfiguration.html. Beyond what AWS takes,
/// an endpoint on this machine may be http.
/// </summary>
internal sealed record HttpEndpointConfiguration
{
    [Member(
        IsNeeded = true,
        Min = 1,
        Max = 1000,
        Pattern = @"https://.*|http://(localhost|127\.\d+\.\d+\.\d+|\[::1\])([:/].*)?",
        IsSensitive = true)]
    public string? Url { get; init; }

    [Member(Min = 1, Max = 256, Pattern = ModelPatterns.NotBlank)]
    public string? Name { get; init; }

    [Member(Max = 4096, IsSensitive = true, IsHidden = true)]
    public string? AccessKey { get; init; }
}
