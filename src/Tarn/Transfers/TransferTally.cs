using System.Collections.Concurrent;

namespace Tarn.Transfers;

/// <summary>What a copy has done so far. Written by many transfers, read by whoever shows progress.</summary>
internal sealed class TransferTally
{
    private readonly ConcurrentQueue<string> failures = new();
    private long bytes;
    private long bytesFound;
    private long files;

    /// <summary>Moved so far, those of unfinished files included.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>The sizes of all that is known to be copied.</summary>
    public long BytesFound => Interlocked.Read(ref bytesFound);

    public long Files => Interlocked.Read(ref files);

    /// <summary>One line for each file that was not copied.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    public void Found(long size) => Interlocked.Add(ref bytesFound, size);

    public void Moved(long size) => Interlocked.Add(ref bytes, size);

    public void Done() => Interlocked.Increment(ref files);

    public void Failed(string what) => failures.Enqueue(what);
}
