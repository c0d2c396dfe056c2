namespace Tarn.Streams.Resharding;

/// <summary>
/// Measures what the shards of one stream take, one window after the other. For one caller at a time.
/// </summary>
internal sealed class LoadWatch(TimeProvider clock)
{
    private long _since = clock.GetTimestamp();
    private Dictionary<uint, (long Bytes, long Records)> _seen = [];

    /// <summary>
    /// The load of each open shard since the window began, and begins the next; null while the window lasts. A shard
    /// that opened within the window counts with what it took.
    /// </summary>
    public IReadOnlyList<ShardLoad>? Measure(OpenStream stream, TimeSpan window)
    {
        var elapsed = clock.GetElapsedTime(_since);
        // Timers come a little early now and then: that is no reason to wait for the next one.
        if (elapsed < window * 0.9)
        {
            return null;
        }

        var loads = new List<ShardLoad>();
        var seen = new Dictionary<uint, (long, long)>();
        for (var i = 0; i < stream.Logs.Length; i++)
        {
            var (shard, counters) = (stream.Definition.Shards[i], stream.Logs[i].Counters);
            if (!shard.IsOpen)
            {
                continue;
            }

            var (bytes, records) = (counters.IncomingBytes, counters.IncomingRecords);
            var (bytesBefore, recordsBefore) = _seen.GetValueOrDefault(shard.Number);
            seen.Add(shard.Number, (bytes, records));
            loads.Add(new ShardLoad(
                shard.Number,
                shard.HashFrom,
                shard.HashTo,
                (bytes - bytesBefore) / elapsed.TotalSeconds,
                (records - recordsBefore) / elapsed.TotalSeconds));
        }

        (_since, _seen) = (clock.GetTimestamp(), seen);
        return loads;
    }
}
