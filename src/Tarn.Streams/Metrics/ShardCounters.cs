using System.Diagnostics.Metrics;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Metrics;

/// <summary>
/// What passed through one shard since it was opened. Each method is called once per batch, never per record. What
/// comes in is counted in the committer's turn, everything else by any thread.
/// </summary>
internal sealed class ShardCounters(
    StreamCounters stream, Histogram<double> fsyncSeconds, Histogram<long> commitRecords)
{
    private long _incomingRecords;
    private long _incomingBytes;
    private long _outgoingRecords;
    private long _outgoingBytes;
    private long _throttledRecords;
    private long _throttledReads;
    private long _iteratorAgeMs;

    /// <summary>Of the whole stream.</summary>
    public StreamCounters Stream => stream;

    public long IncomingRecords => Volatile.Read(ref _incomingRecords);

    public long IncomingBytes => Volatile.Read(ref _incomingBytes);

    public long OutgoingRecords => Volatile.Read(ref _outgoingRecords);

    public long OutgoingBytes => Volatile.Read(ref _outgoingBytes);

    public long ThrottledRecords => Volatile.Read(ref _throttledRecords);

    public long ThrottledReads => Volatile.Read(ref _throttledReads);

    /// <summary>How far the last read ended behind the newest record, in arrival time.</summary>
    public long IteratorAgeMs => Volatile.Read(ref _iteratorAgeMs);

    /// <summary>One fsync of appended records. Committer's turn.</summary>
    public void Flushed(TimeSpan took) => fsyncSeconds.Record(took.TotalSeconds);

    /// <summary>A group that is now readable. Committer's turn.</summary>
    public void Committed(List<BatchHeader> group)
    {
        long records = 0;
        long bytes = 0;
        foreach (var header in group)
        {
            records += header.RecordCount;
            bytes += header.BodyLength - (RecordFrame.Overhead * (long)header.RecordCount);
        }

        Volatile.Write(ref _incomingRecords, _incomingRecords + records);
        Volatile.Write(ref _incomingBytes, _incomingBytes + bytes);
        stream.AddIncoming(records, bytes);
        commitRecords.Record(records);
    }

    /// <summary>Records that the shard did not take: its disk failed, or a fault was asked for.</summary>
    public void Failed(int records) => stream.AddFailed(records);

    /// <summary>Records that were refused because of the shard's rate.</summary>
    public void Throttled(int records)
    {
        Interlocked.Add(ref _throttledRecords, records);
        stream.AddThrottled(records);
    }

    /// <summary>A read that was refused because of the shard's rate.</summary>
    public void ReadThrottled()
    {
        Interlocked.Increment(ref _throttledReads);
        stream.AddThrottledRead();
    }

    /// <summary>Records handed to a reader; bytes are payload and key.</summary>
    public void Read(int records, long bytes, long behindMs)
    {
        Interlocked.Add(ref _outgoingRecords, records);
        Interlocked.Add(ref _outgoingBytes, bytes);
        Volatile.Write(ref _iteratorAgeMs, behindMs);
        stream.AddOutgoing(records, bytes);
    }
}
