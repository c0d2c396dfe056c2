using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.ContinuousQueries.Alerts;

namespace Tarn.ContinuousQueries.Definitions;

/// <summary>JSON of stored definitions.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SourceSpec))]
[JsonSerializable(typeof(ViewSpec))]
[JsonSerializable(typeof(AlertSpec))]
[JsonSerializable(typeof(AlertRow))]
[JsonSerializable(typeof(AlertNotice))]
[JsonSerializable(typeof(AlertProgress))]
[JsonSerializable(typeof(SinkSpec))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
