using System.Text.Json.Serialization;

namespace Tarn.Query.Workgroups;

/// <summary>The stored form: camel case, as the record names its properties, nothing for null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Workgroup))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class WorkgroupJson : JsonSerializerContext;
