using Tarn.ContinuousQueries.Runtime;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>Where a view stands in one of its sources.</summary>
/// <param name="StreamId">Id of the stream that the cursors belong to.</param>
internal sealed record SnapshotInput(string Source, string? StreamId, IReadOnlyList<ShardCursor> Shards);
