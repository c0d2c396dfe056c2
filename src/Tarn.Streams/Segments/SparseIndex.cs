namespace Tarn.Streams.Segments;

/// <summary>
/// Where in a segment a number or a time is to be looked for: one entry per <see cref="BytesBetween"/>. Written by the
/// shard's committer only; read by anybody without a lock, as entries never change once counted.
/// </summary>
internal sealed class SparseIndex
{
    /// <summary>A reader scans at most this much, and one batch, before it finds its place.</summary>
    public const int BytesBetween = 64 << 10;

    private Entry[] _entries = new Entry[16];
    private int _count;

    /// <summary>Notes a batch; batches come in order of offset, number and time.</summary>
    public void Add(ulong firstSequence, long arrivalMs, long offset)
    {
        var count = _count;
        if (count > 0 && offset - _entries[count - 1].Offset < BytesBetween)
        {
            return;
        }

        if (count == _entries.Length)
        {
            var grown = new Entry[count * 2];
            _entries.CopyTo(grown, 0);
            Volatile.Write(ref _entries, grown);
        }

        _entries[count] = new Entry(firstSequence, arrivalMs, offset);
        Volatile.Write(ref _count, count + 1);
    }

    /// <summary>
    /// An offset at or before the batch that holds the first number of at least <paramref name="sequence"/>.
    /// </summary>
    public long SeekSequence(ulong sequence) => Seek(entry => entry.FirstSequence <= sequence);

    /// <summary>An offset at or before the first batch that arrived at or after <paramref name="arrivalMs"/>.</summary>
    public long SeekTime(long arrivalMs) => Seek(entry => entry.ArrivalMs < arrivalMs);

    private long Seek(Func<Entry, bool> isBefore)
    {
        var count = Volatile.Read(ref _count);
        var entries = Volatile.Read(ref _entries);
        var low = 0;
        for (var high = count; low < high;)
        {
            var middle = (low + high) >>> 1;
            if (isBefore(entries[middle]))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? SegmentHeader.Size : entries[low - 1].Offset;
    }

    private readonly record struct Entry(ulong FirstSequence, long ArrivalMs, long Offset);
}
