namespace Tarn.Streams.Segments;

/// <summary>
/// Where the newest commits of a growing segment begin that its sparse index leaves out (after a restart: its newest
/// batches), so that a reader near the tip goes straight to its own.
/// Bounded: at least the last <see cref="CountMin"/> are known, never more than twice as many. Written by the shard's
/// committer only; read by anybody without a lock.
/// </summary>
internal sealed class RecentBatches
{
    public const int CountMin = 256;

    private Halves _halves = new(new BatchPlaces(), new BatchPlaces());

    public void Add(in BatchPlace place)
    {
        if (_halves.Newer.Count == CountMin)
        {
            Volatile.Write(ref _halves, new Halves(_halves.Newer, new BatchPlaces(CountMin)));
        }

        _halves.Newer.Add(place);
    }

    /// <summary>
    /// The offset of the last batch that begins at or below that number; 0 when it is not among the recent ones.
    /// </summary>
    public long SeekSequence(ulong sequence)
    {
        var halves = Volatile.Read(ref _halves);
        var newer = halves.Newer.SeekSequence(sequence);
        return newer > 0 ? newer : halves.Older.SeekSequence(sequence);
    }

    /// <summary>The same of the last batch that arrived before that time.</summary>
    public long SeekTime(long arrivalMs)
    {
        var halves = Volatile.Read(ref _halves);
        var newer = halves.Newer.SeekTime(arrivalMs);
        return newer > 0 ? newer : halves.Older.SeekTime(arrivalMs);
    }

    private sealed record Halves(BatchPlaces Older, BatchPlaces Newer);
}
