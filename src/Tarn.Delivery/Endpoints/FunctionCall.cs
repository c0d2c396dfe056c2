namespace Tarn.Delivery.Endpoints;

/// <summary>One call of a function with some records of one shard.</summary>
public sealed record FunctionCall
{
    public required string FunctionArn { get; init; }

    /// <summary>A UUID of this attempt; the same when the same records are sent again after a restart.</summary>
    public required string InvocationId { get; init; }

    /// <summary>Name of the delivery stream.</summary>
    public required string DeliveryStream { get; init; }

    /// <summary>Name of the source stream; null for records put directly.</summary>
    public required string? SourceStream { get; init; }

    public required string ShardId { get; init; }

    public required IReadOnlyList<FunctionRecord> Records { get; init; }
}
