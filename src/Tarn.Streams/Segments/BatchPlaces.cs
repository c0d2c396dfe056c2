namespace Tarn.Streams.Segments;

/// <summary>
/// Places of batches in order of offset, number and time. One thread adds; any number read without a lock, as a place
/// never changes once it is counted.
/// </summary>
internal sealed class BatchPlaces
{
    private const int CapacityMin = 4;

    private BatchPlace[] _places;
    private int _count;

    public BatchPlaces() => _places = [];

    /// <summary>With room for as many.</summary>
    public BatchPlaces(int capacity) => _places = new BatchPlace[capacity];

    public BatchPlaces(BatchPlace[] places) => (_places, _count) = (places, places.Length);

    public int Count => Volatile.Read(ref _count);

    /// <summary>All that is counted now.</summary>
    public ReadOnlySpan<BatchPlace> All
    {
        get
        {
            // The count first: the array read after it holds at least as many.
            var count = Volatile.Read(ref _count);
            return Volatile.Read(ref _places).AsSpan(0, count);
        }
    }

    public void Add(in BatchPlace place)
    {
        var count = _count;
        if (count == _places.Length)
        {
            var grown = new BatchPlace[Math.Max(count * 2, CapacityMin)];
            _places.CopyTo(grown, 0);
            Volatile.Write(ref _places, grown);
        }

        _places[count] = place;
        Volatile.Write(ref _count, count + 1);
    }

    /// <summary>The offset of the last batch that begins at or below that number; 0 when there is none.</summary>
    public long SeekSequence(ulong sequence) => Seek(sequence, static (place, limit) => place.FirstSequence <= limit);

    /// <summary>The offset of the last batch that arrived before that time; 0 when there is none.</summary>
    public long SeekTime(long arrivalMs) => Seek(arrivalMs, static (place, limit) => place.ArrivalMs < limit);

    private long Seek<T>(T limit, Func<BatchPlace, T, bool> isBefore)
    {
        var places = All;
        var low = 0;
        for (var high = places.Length; low < high;)
        {
            var middle = (low + high) >>> 1;
            if (isBefore(places[middle], limit))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? 0 : places[low - 1].Offset;
    }
}
