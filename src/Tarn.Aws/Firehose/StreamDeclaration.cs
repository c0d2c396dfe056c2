using Tarn.Aws.Firehose.Destinations;

namespace Tarn.Aws.Firehose;

/// <summary>
/// A delivery stream as requests of Firehose gave it, complete with defaults: all that is described and merged with,
/// also what has no effect. Kept as text beside the delivery stream; exactly one destination is not null.
/// </summary>
internal sealed record StreamDeclaration
{
    public DirectPutSource? DirectPut { get; init; }

    public KinesisStreamSource? KinesisStream { get; init; }

    public ExtendedS3Settings? ExtendedS3 { get; init; }

    public HttpEndpointSettings? HttpEndpoint { get; init; }
}
