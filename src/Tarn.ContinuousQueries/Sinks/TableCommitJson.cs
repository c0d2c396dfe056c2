using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>JSON of <see cref="TableCommit"/>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TableCommit))]
internal sealed partial class TableCommitJson : JsonSerializerContext;
