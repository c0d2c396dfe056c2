using Tarn.Delivery.Endpoints;

namespace Tarn.Delivery.Processing;

/// <summary>What steps need to know of where they run: one delivery stream and one shard of its source.</summary>
internal sealed record FlowContext
{
    /// <summary>Name of the delivery stream.</summary>
    public required string DeliveryStream { get; init; }

    /// <summary>Name of the source stream; null for records put directly.</summary>
    public required string? SourceStream { get; init; }

    public required string ShardId { get; init; }

    public required IRecordFunctions Functions { get; init; }

    /// <summary>Makes the flow of a metadata step.</summary>
    public required Func<MetadataStep, IRecordFlow> Metadata { get; init; }

    /// <summary>For the pauses between two attempts at a function.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Whether records come from a stream, where producers may have aggregated them.</summary>
    public bool IsFromStream => SourceStream is not null;
}
