using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>Records read from a stream's shards that are counted together, and the cursors that hold once they
/// are.</summary>
internal sealed class MicroBatch(IReadOnlyDictionary<string, ShardCursor> counted)
{
    private readonly List<StreamRecord> _records = [];
    private readonly List<(int First, string ShardId)> _runs = [];

    public IReadOnlyList<StreamRecord> Records => _records;

    public long Bytes { get; private set; }

    /// <summary>Cursors after this batch.</summary>
    public Dictionary<string, ShardCursor> After { get; } = new(counted);

    /// <summary>True when a shard was found to hold more than was taken.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Arrival of the oldest record, or null while empty.</summary>
    public DateTimeOffset? OldestArrival { get; private set; }

    /// <summary>Arrival of the newest record, or null while empty.</summary>
    public DateTimeOffset? NewestArrival { get; private set; }

    public void Add(string shardId, ReadBatch read)
    {
        IsBehind |= read.MillisBehindLatest > 0;
        After[shardId] = new ShardCursor(shardId, read.Next.Value, read.ShardEnded);
        if (read.Records.Count == 0)
        {
            return;
        }

        _runs.Add((_records.Count, shardId));
        foreach (var record in read.Records)
        {
            _records.Add(record);
            Bytes += record.Data.Length;
        }

        OldestArrival = Earlier(OldestArrival, read.Records[0].ArrivalTime);
        NewestArrival = read.Records[^1].ArrivalTime > NewestArrival ? read.Records[^1].ArrivalTime : NewestArrival
            ?? read.Records[^1].ArrivalTime;
    }

    public string ShardOf(int record) => _runs.FindLast(run => run.First <= record).ShardId;

    /// <summary>Records of one shard that lie together: from the first up to the end.</summary>
    public IEnumerable<(string ShardId, int First, int End)> Runs() => _runs.Select((run, i) =>
        (run.ShardId, run.First, i + 1 < _runs.Count ? _runs[i + 1].First : _records.Count));

    private static DateTimeOffset Earlier(DateTimeOffset? a, DateTimeOffset b) => a < b ? a.Value : b;
}
