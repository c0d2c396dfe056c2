using System.Text.Json.Serialization;

namespace Tarn.Delivery;

/// <summary>Where a delivery stream's records go: objects or an endpoint.</summary>
/// <remarks>Stored within a delivery stream's settings; the case stands in the member <c>$type</c>.</remarks>
[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(ObjectDestination), "objects")]
[JsonDerivedType(typeof(EndpointDestination), "endpoint")]
public abstract record DeliveryDestination
{
    private protected DeliveryDestination()
    {
    }

    /// <summary>What is done to the records on their way, in any order; see <see cref="RecordStep"/>.</summary>
    public IReadOnlyList<RecordStep> Steps { get; init; } = [];

    /// <summary>
    /// Text of the front door that declared it, or null: kept as it is for that door to describe it by. Nothing here
    /// depends on it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Declared { get; init; }
}
