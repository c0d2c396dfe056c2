namespace Tarn.ContinuousQueries.Runtime;

/// <summary>How far a view has counted a shard.</summary>
/// <param name="Next">The sequence number to read on from.</param>
/// <param name="Ended">The shard is closed and counted to its end.</param>
internal sealed record ShardCursor(string ShardId, ulong Next, bool Ended);
