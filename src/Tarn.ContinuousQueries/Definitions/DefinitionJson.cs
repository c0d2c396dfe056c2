using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tarn.ContinuousQueries.Definitions;

/// <summary>JSON of stored definitions.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SourceSpec))]
[JsonSerializable(typeof(ViewSpec))]
[JsonSerializable(typeof(SinkSpec))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
