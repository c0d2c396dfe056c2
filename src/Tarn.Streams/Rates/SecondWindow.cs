namespace Tarn.Streams.Rates;

/// <summary>
/// What passed in the second that ends now. Things of one moment share an entry, so it holds at most one per tick and
/// thing. For one caller at a time.
/// </summary>
internal sealed class SecondWindow(TimeProvider clock)
{
    private readonly Queue<Moment> _older = new();
    private Moment _newest;
    private long _nowTicks;
    private long _heldUntilTicks = long.MinValue;

    public int Count { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Nothing may pass yet.</summary>
    public bool IsHeld => _nowTicks < _heldUntilTicks;

    private long OldestTicks => _older.TryPeek(out var oldest) ? oldest.Ticks : _newest.Ticks;

    /// <summary>Looks at the clock, and lets go of what is a second old.</summary>
    public void Forget()
    {
        _nowTicks = clock.GetTimestamp();
        var gone = _nowTicks - clock.TimestampFrequency;
        while (_older.TryPeek(out var oldest) && oldest.Ticks <= gone)
        {
            Remove(_older.Dequeue());
        }

        if (_newest.Count > 0 && _newest.Ticks <= gone)
        {
            Remove(_newest);
            _newest = default;
        }
    }

    /// <summary>Counts something that passes now.</summary>
    public void Add(long bytes)
    {
        if (_newest.Count > 0 && _newest.Ticks != _nowTicks)
        {
            _older.Enqueue(_newest);
            _newest = default;
        }

        _newest = new Moment(_nowTicks, _newest.Count + 1, _newest.Bytes + bytes);
        Count++;
        Bytes += bytes;
    }

    /// <summary>Nothing passes until all of the window has been paid for at that rate.</summary>
    public void Hold(int bytesPerSecond) =>
        _heldUntilTicks = OldestTicks + (long)((Int128)Bytes * clock.TimestampFrequency / bytesPerSecond);

    private void Remove(in Moment moment)
    {
        Count -= moment.Count;
        Bytes -= moment.Bytes;
    }

    private readonly record struct Moment(long Ticks, int Count, long Bytes);
}
