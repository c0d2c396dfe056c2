using System.Text.Json.Serialization;

namespace Tarn.Delivery;

/// <summary>Where a delivery stream's records come from.</summary>
/// <remarks>Stored within a delivery stream's settings; the case stands in the member <c>$type</c>.</remarks>
[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(DirectPut), "directPut")]
[JsonDerivedType(typeof(FromStream), "stream")]
public abstract record DeliverySource
{
    private DeliverySource()
    {
    }

    /// <summary>Records are put into the delivery stream itself, which keeps them in a log of its own.</summary>
    public sealed record DirectPut : DeliverySource;

    /// <summary>A stream is read.</summary>
    public sealed record FromStream(string Stream) : DeliverySource
    {
        /// <summary>From records that arrived then; null: from the oldest.</summary>
        public DateTimeOffset? From { get; init; }
    }
}
