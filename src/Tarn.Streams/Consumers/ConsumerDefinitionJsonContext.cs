using System.Text.Json.Serialization;

namespace Tarn.Streams.Consumers;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ConsumerDefinition))]
internal sealed partial class ConsumerDefinitionJsonContext : JsonSerializerContext;
