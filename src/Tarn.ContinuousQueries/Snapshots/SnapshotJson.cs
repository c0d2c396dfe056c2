using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>JSON of snapshot headers.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SnapshotHeader))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
