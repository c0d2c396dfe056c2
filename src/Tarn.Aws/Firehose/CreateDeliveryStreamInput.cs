using Tarn.Aws.Firehose.Destinations;
using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html</summary>
internal sealed record CreateDeliveryStreamInput
{
    public const string DirectPut = "DirectPut";
    public const string FromStream = "KinesisStreamAsSource";

    [Member(IsNeeded = true, Min = 1, Max = 64, Pattern = ModelPatterns.StreamName)]
    public string? DeliveryStreamName { get; init; }

    [Member(
        Choices = [DirectPut, FromStream, "MSKAsSource", "DatabaseAsSource"],
        RefusedValues = ["MSKAsSource", "DatabaseAsSource"],
        RefusedValuesWhy = Reasons.OtherSources)]
    public string? DeliveryStreamType { get; init; }

    public DirectPutSource? DirectPutSourceConfiguration { get; init; }

    public KinesisStreamSource? KinesisStreamSourceConfiguration { get; init; }

    [Member(Refused = Reasons.KeyManagement)]
    public string? DeliveryStreamEncryptionConfigurationInput { get; init; }

    public S3Settings? S3DestinationConfiguration { get; init; }

    public ExtendedS3Settings? ExtendedS3DestinationConfiguration { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? RedshiftDestinationConfiguration { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? ElasticsearchDestinationConfiguration { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? AmazonopensearchserviceDestinationConfiguration { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? SplunkDestinationConfiguration { get; init; }

    public HttpEndpointSettings? HttpEndpointDestinationConfiguration { get; init; }

    [Member(ItemsMin = 1, ItemsMax = Tag.TagsMax)]
    public IReadOnlyList<Tag>? Tags { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? AmazonOpenSearchServerlessDestinationConfiguration { get; init; }

    [Member(Refused = Reasons.OtherSources)]
    public string? MSKSourceConfiguration { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? SnowflakeDestinationConfiguration { get; init; }

    [Member(Refused = Reasons.OtherDestinations)]
    public string? IcebergDestinationConfiguration { get; init; }

    [Member(Refused = Reasons.OtherSources)]
    public string? DatabaseSourceConfiguration { get; init; }
}
