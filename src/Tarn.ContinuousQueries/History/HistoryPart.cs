namespace Tarn.ContinuousQueries.History;

/// <summary>A range of a shard's records as JSON lines.</summary>
/// <param name="ArrivedBy">When the last of them had arrived.</param>
/// <param name="OpenAsync">Text, a record per line, in the order of the log. The caller disposes it.</param>
public sealed record HistoryPart(
    string ShardId, ulong First, ulong Last, DateTimeOffset ArrivedBy,
    Func<CancellationToken, Task<Stream>> OpenAsync);
