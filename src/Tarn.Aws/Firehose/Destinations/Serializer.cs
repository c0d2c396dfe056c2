using Tarn.Aws.Protocol.Shapes;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_Serializer.html</summary>
internal sealed record Serializer
{
    public ParquetSettings? ParquetSerDe { get; init; }

    [Member(Refused = Reasons.OrcFiles)]
    public string? OrcSerDe { get; init; }
}
