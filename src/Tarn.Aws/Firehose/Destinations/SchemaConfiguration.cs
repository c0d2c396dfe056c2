using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_SchemaConfiguration.html</summary>
internal sealed record SchemaConfiguration
{
    [Member(Min = 1, Max = 1024, Pattern = ModelPatterns.NoWhiteSpace, NoEffect = Reasons.Role)]
    public string? RoleARN { get; init; }

    [Member(Min = 1, Max = 1024, Pattern = ModelPatterns.NoWhiteSpace)]
    public string? CatalogId { get; init; }

    [Member(Min = 1, Max = 1024, Pattern = ModelPatterns.NoWhiteSpace)]
    public string? DatabaseName { get; init; }

    [Member(Min = 1, Max = 1024, Pattern = ModelPatterns.NoWhiteSpace)]
    public string? TableName { get; init; }

    [Member(
        Min = 1,
        Max = 1024,
        Pattern = ModelPatterns.NoWhiteSpace,
        NoEffect = "a lake has one catalog, whatever region requests are made for")]
    public string? Region { get; init; }

    [Member(Min = 1, Max = 1024, Pattern = ModelPatterns.NoWhiteSpace)]
    public string? VersionId { get; init; }
}
