using System.Text.Json.Serialization;

namespace Tarn.Query.Workgroups;

/// <summary>The stored form: camel case, as the record names its properties.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Workgroup))]
internal sealed partial class WorkgroupJson : JsonSerializerContext;
