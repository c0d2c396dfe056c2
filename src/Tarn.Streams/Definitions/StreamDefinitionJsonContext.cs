using System.Text.Json.Serialization;

namespace Tarn.Streams.Definitions;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(StreamDefinitionJson.HashKeyConverter)])]
[JsonSerializable(typeof(StreamDefinition))]
internal sealed partial class StreamDefinitionJsonContext : JsonSerializerContext;
