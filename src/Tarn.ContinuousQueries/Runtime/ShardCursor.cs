using System.Text.Json.Serialization;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>How far a view has counted a shard.</summary>
/// <param name="Next">The sequence number to read on from.</param>
/// <param name="Ended">The shard is closed and counted to its end.</param>
internal sealed record ShardCursor(string ShardId, ulong Next, bool Ended)
{
    /// <summary>The newest event time counted, microseconds since 1970-01-01 UTC. Null: none yet, or the source has no
    /// watermark.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? NewestEvent { get; init; }
}
