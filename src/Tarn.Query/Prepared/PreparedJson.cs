using System.Text.Json.Serialization;

namespace Tarn.Query.Prepared;

/// <summary>The stored form: camel case, as the record names its properties.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PreparedStatement))]
internal sealed partial class PreparedJson : JsonSerializerContext;
