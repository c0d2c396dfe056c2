using System.Text.Json.Serialization;

namespace Tarn.Delivery.Tests.Processing;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RecordStep[]))]
internal sealed partial class StepsJson : JsonSerializerContext;
