using System.Text.Json;

namespace Tarn.Delivery.Specs;

/// <summary>Settings as text, to tell whether two are the same: their lists compare by reference.</summary>
internal static class SpecText
{
    public static string Of(DeliverySpec spec) => JsonSerializer.Serialize(spec, DeliveryJson.Default.DeliverySpec);
}
