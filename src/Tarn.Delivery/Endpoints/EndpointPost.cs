namespace Tarn.Delivery.Endpoints;

/// <summary>One batch for an endpoint.</summary>
public sealed record EndpointPost
{
    public required Uri Url { get; init; }

    /// <summary>Sent in a header when it is not null.</summary>
    public required string? AccessKey { get; init; }

    /// <summary>Whether the body is sent as gzip.</summary>
    public required bool Gzip { get; init; }

    /// <summary>Sent in a header when there are any.</summary>
    public required IReadOnlyDictionary<string, string> CommonAttributes { get; init; }

    /// <summary>A UUID; the same in each attempt at the same batch, so that the endpoint can tell a repeat.</summary>
    public required string RequestId { get; init; }

    /// <summary>Name of the delivery stream.</summary>
    public required string DeliveryStream { get; init; }

    /// <summary>When the batch was made.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Valid until the post has been answered.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Records { get; init; }
}
