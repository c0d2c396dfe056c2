namespace Tarn.ContinuousQueries.State;

/// <summary>
/// Which entries belong to which group, in the order in which they were added: each entry knows the next one, the last
/// one the first. Copied on write by chunks, as all cells are.
/// </summary>
internal sealed class GroupRings
{
    private readonly Cells<long, LongCell> _next = new([]);
    private readonly Cells<long, LongCell> _last = new([]);
    private readonly Cells<long, LongCell> _sizes = new([]);

    /// <summary>Makes room for that many groups.</summary>
    public void Grow(int groups)
    {
        _last.Grow(groups);
        _sizes.Grow(groups);
    }

    /// <summary>Entries of a group.</summary>
    public long SizeOf(int group) => _sizes.Get(group);

    public void Add(int group, int entry)
    {
        _next.Grow(entry + 1);
        if (_last.IsValid(group))
        {
            var last = (int)_last.Get(group);
            _next.Set(entry, _next.Get(last));
            _next.Set(last, entry);
        }
        else
        {
            _next.Set(entry, entry);
        }

        _last.Set(group, entry);
        _sizes.Set(group, _sizes.Get(group) + 1);
    }

    /// <summary>The group's entries, first to last.</summary>
    public int[] EntriesOf(int group)
    {
        var entries = new int[_sizes.Get(group)];
        var at = entries.Length == 0 ? 0 : (int)_last.Get(group);
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = at = (int)_next.Get(at);
        }

        return entries;
    }

    /// <summary>Takes all entries from the group.</summary>
    public void Clear(int group)
    {
        _last.Clear(group);
        _sizes.Clear(group);
    }

    public FrozenRings Freeze() => new(Frozen(_next), Frozen(_last), Frozen(_sizes));

    private static FrozenCells<long, LongCell> Frozen(Cells<long, LongCell> cells) =>
        (FrozenCells<long, LongCell>)cells.Freeze();
}
