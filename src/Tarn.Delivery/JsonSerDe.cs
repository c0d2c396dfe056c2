using System.Text.Json.Serialization;

namespace Tarn.Delivery;

/// <summary>How JSON records are read: one of Firehose's two deserializers.</summary>
/// <remarks>Stored within a delivery stream's settings; the case stands in the member <c>$type</c>.</remarks>
[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(OpenXJsonSerDe), "openX")]
[JsonDerivedType(typeof(HiveJsonSerDe), "hive")]
public abstract record JsonSerDe
{
    private protected JsonSerDe()
    {
    }
}
