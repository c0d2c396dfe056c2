using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Specs;

namespace Tarn.Delivery;

/// <summary>
/// How this room's resources become JSON. Unknown members are refused: they come from a newer version.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DeliveryResource))]
[JsonSerializable(typeof(DeliverySpec))]
[JsonSerializable(typeof(ShardCheckpoint))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
