using System.Text.Json.Serialization;

namespace Tarn.Query.NamedQueries;

/// <summary>The stored form: camel case, as the record names its properties.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NamedQuery))]
internal sealed partial class NamedQueryJson : JsonSerializerContext;
