namespace Tarn.ContinuousQueries.Definitions;

/// <summary>A source of a view, as it was when the view was made.</summary>
/// <param name="Start">Per shard, the first sequence number that the view counts.</param>
internal sealed record ViewInputSpec(string Source, string StreamId, IReadOnlyDictionary<string, ulong> Start);
