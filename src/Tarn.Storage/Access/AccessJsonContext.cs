using System.Text.Json.Serialization;

namespace Tarn.Storage.Access;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(GrantLevelConverter)])]
[JsonSerializable(typeof(StoredUser))]
[JsonSerializable(typeof(StoredGrant))]
internal sealed partial class AccessJsonContext : JsonSerializerContext;
