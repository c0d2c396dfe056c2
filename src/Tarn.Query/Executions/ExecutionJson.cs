using System.Text.Json.Serialization;

namespace Tarn.Query.Executions;

/// <summary>Camel case, enums as names, nothing for null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExecutionRecord))]
internal sealed partial class ExecutionJson : JsonSerializerContext;
