using Tarn.Aws.Firehose.Destinations;
using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_UpdateDestination.html</summary>
internal sealed record UpdateDestinationInput
{
    [Member(IsNeeded = true, Min = 1, Max = 64, Pattern = ModelPatterns.StreamName)]
    public string? DeliveryStreamName { get; init; }

    [Member(IsNeeded = true, Min = 1, Max = 50, Pattern = "[0-9]+")]
    public string? CurrentDeliveryStreamVersionId { get; init; }

    [Member(IsNeeded = true, Min = 1, Max = 100, Pattern = "[a-zA-Z0-9-]+")]
    public string? DestinationId { get; init; }

    public S3Settings? S3DestinationUpdate { get; init; }

    public ExtendedS3Settings? ExtendedS3DestinationUpdate { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? RedshiftDestinationUpdate { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? ElasticsearchDestinationUpdate { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? AmazonopensearchserviceDestinationUpdate { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? SplunkDestinationUpdate { get; init; }

    public HttpEndpointSettings? HttpEndpointDestinationUpdate { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? AmazonOpenSearchServerlessDestinationUpdate { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? SnowflakeDestinationUpdate { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? IcebergDestinationUpdate { get; init; }
}
