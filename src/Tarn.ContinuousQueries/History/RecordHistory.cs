namespace Tarn.ContinuousQueries.History;

/// <summary>Records of a stream up to the numbers to go on with in its log: each once, none above.</summary>
/// <param name="Origin">Where they are, in words.</param>
/// <param name="StreamId">Of the stream that the numbers belong to.</param>
/// <param name="Next">By shard. Shards that are missing: none of their records is here.</param>
/// <param name="Parts">About in the order in which their records came; those of a shard exactly.</param>
public sealed record RecordHistory(
    string Origin, string StreamId, IReadOnlyDictionary<string, ulong> Next, IReadOnlyList<HistoryPart> Parts)
{
    /// <summary>Records, about: numbers that hold none may be among them.</summary>
    public long Count => Parts.Sum(part => (long)(part.Last - part.First + 1));
}
