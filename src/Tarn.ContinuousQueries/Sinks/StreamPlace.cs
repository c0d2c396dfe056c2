using System.Text.Json;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>Where a stream ended before an epoch went into it: no record of the epoch is before.</summary>
/// <param name="StreamId">Another id: another stream of the name, which may hold the epoch from its start.</param>
internal sealed record StreamPlace(string StreamId, IReadOnlyDictionary<string, ulong> Shards)
{
    public string Write() => JsonSerializer.Serialize(this, SnapshotJson.Default.StreamPlace);

    public static StreamPlace? Read(string? text) =>
        text is null ? null : JsonSerializer.Deserialize(text, SnapshotJson.Default.StreamPlace);
}
