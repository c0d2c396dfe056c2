namespace Tarn.Streams.Segments;

/// <summary>
/// Where in a segment a number or a time is to be looked for: one place per <see cref="BytesBetween"/>. Written by the
/// shard's committer only; read by anybody without a lock.
/// </summary>
internal sealed class SparseIndex(BatchPlaces places)
{
    /// <summary>A reader scans at most this much, and one batch, before it finds its place.</summary>
    public const int BytesBetween = 64 << 10;

    private long _lastOffset;

    public SparseIndex()
        : this(new BatchPlaces())
    {
    }

    public ReadOnlySpan<BatchPlace> Places => places.All;

    /// <summary>
    /// Notes a batch, or leaves it out and returns false; batches come in order of offset, number and time.
    /// </summary>
    public bool Add(in BatchPlace place)
    {
        if (_lastOffset > 0 && place.Offset - _lastOffset < BytesBetween)
        {
            return false;
        }

        _lastOffset = place.Offset;
        places.Add(place);
        return true;
    }

    /// <summary>
    /// An offset at or before the batch that holds the first number of at least <paramref name="sequence"/>.
    /// </summary>
    public long SeekSequence(ulong sequence) => Math.Max(places.SeekSequence(sequence), SegmentHeader.Size);

    /// <summary>An offset at or before the first batch that arrived at or after <paramref name="arrivalMs"/>.</summary>
    public long SeekTime(long arrivalMs) => Math.Max(places.SeekTime(arrivalMs), SegmentHeader.Size);
}
