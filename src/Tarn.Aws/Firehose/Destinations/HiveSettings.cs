using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_HiveJsonSerDe.html</summary>
internal sealed record HiveSettings
{
    [Member(Min = 1, Max = 1024, Pattern = ModelPatterns.NotBlank)]
    public IReadOnlyList<string>? TimestampFormats { get; init; }
}
