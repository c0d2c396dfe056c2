namespace Tarn.Streams.Metrics;

/// <summary>
/// What passed through a stream since the server started; its shards come and go, these stay. Added to once per batch,
/// by any thread.
/// </summary>
internal sealed class StreamCounters
{
    private long _incomingRecords;
    private long _incomingBytes;
    private long _outgoingRecords;
    private long _outgoingBytes;
    private long _failedRecords;
    private long _throttledRecords;
    private long _throttledReads;

    public long IncomingRecords => Volatile.Read(ref _incomingRecords);

    public long IncomingBytes => Volatile.Read(ref _incomingBytes);

    public long OutgoingRecords => Volatile.Read(ref _outgoingRecords);

    public long OutgoingBytes => Volatile.Read(ref _outgoingBytes);

    public long FailedRecords => Volatile.Read(ref _failedRecords);

    public long ThrottledRecords => Volatile.Read(ref _throttledRecords);

    public long ThrottledReads => Volatile.Read(ref _throttledReads);

    public void AddIncoming(long records, long bytes)
    {
        Interlocked.Add(ref _incomingRecords, records);
        Interlocked.Add(ref _incomingBytes, bytes);
    }

    public void AddOutgoing(long records, long bytes)
    {
        Interlocked.Add(ref _outgoingRecords, records);
        Interlocked.Add(ref _outgoingBytes, bytes);
    }

    public void AddFailed(long records) => Interlocked.Add(ref _failedRecords, records);

    public void AddThrottled(long records) => Interlocked.Add(ref _throttledRecords, records);

    public void AddThrottledRead() => Interlocked.Increment(ref _throttledReads);
}
