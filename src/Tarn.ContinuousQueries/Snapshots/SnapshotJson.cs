using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.ContinuousQueries.Sinks;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>JSON in snapshots and in the output that waits.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SnapshotHeader))]
[JsonSerializable(typeof(SinkEpochHeader))]
[JsonSerializable(typeof(StreamPlace))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
