using Tarn.Primitives.Identity;

namespace Tarn.Streams.Records;

/// <summary>Records read in order.</summary>
/// <param name="Next">Where to read on; the number itself need not exist yet.</param>
/// <param name="ShardEnded">The shard is closed and everything up to its end has been read.</param>
/// <param name="MillisBehindLatest">How far <paramref name="Next"/> is behind the newest record, in arrival time; 0
/// at the tip.</param>
public sealed record ReadBatch(
    IReadOnlyList<StreamRecord> Records, SequenceNumber Next, bool ShardEnded, long MillisBehindLatest);
