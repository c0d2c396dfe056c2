using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointRequestConfiguration.html
/// </summary>
internal sealed record HttpEndpointRequestConfiguration
{
    public const string Gzip = "GZIP";
    public const string Plain = "NONE";

    [Member(Choices = [Plain, Gzip])]
    public string? ContentEncoding { get; init; }

    [Member(ItemsMax = 50)]
    public IReadOnlyList<HttpEndpointCommonAttribute>? CommonAttributes { get; init; }
}
