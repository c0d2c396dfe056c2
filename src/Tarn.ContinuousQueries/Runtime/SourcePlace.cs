namespace Tarn.ContinuousQueries.Runtime;

/// <summary>Where a view stands in one of its sources.</summary>
/// <param name="StreamId">The stream that the cursors belong to.</param>
/// <param name="Cursors">By shard id.</param>
internal sealed record SourcePlace(
    string Source, string Stream, string? StreamId, IReadOnlyDictionary<string, ShardCursor> Cursors);
