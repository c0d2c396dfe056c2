using Tarn.Primitives.Identity;
using Tarn.Streams.Shards;

namespace Tarn.Streams.Records;

/// <summary>Records read in order.</summary>
/// <param name="Next">Where to read on; the number itself need not exist yet.</param>
/// <param name="ShardEnded">The shard is closed and everything up to its end has been read.</param>
/// <param name="MillisBehindLatest">How far <paramref name="Next"/> is behind the newest record, in arrival time; 0
/// at the tip.</param>
public sealed record ReadBatch(
    IReadOnlyList<StreamRecord> Records, SequenceNumber Next, bool ShardEnded, long MillisBehindLatest)
{
    /// <summary>
    /// Gives the records' memory to other reads. Optional, and at most once: only when nobody uses any of the records
    /// any longer.
    /// </summary>
    public void Release() => (Records as RecordList)?.Release();
}
