using System.Text.Json.Serialization;
using Tarn.Delivery.Lanes;

namespace Tarn.Delivery;

/// <summary>A delivery stream's settings.</summary>
public sealed record DeliverySpec
{
    /// <summary>1 to 64 characters of [a-zA-Z0-9_.-].</summary>
    public required string Name { get; init; }

    public required DeliverySource Source { get; init; }

    public required DeliveryDestination Destination { get; init; }

    /// <summary>All buckets that it writes to.</summary>
    [JsonIgnore]
    public IEnumerable<string> Buckets => DeliveryLane.Of(this).Select(lane => lane.Output.Bucket).Distinct();
}
