using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.State;

/// <content>What time does to groups: windows close, and what is old enough is removed.</content>
internal sealed partial class LeafState
{
    private const int SweepSlots = 4_096;
    private readonly SortedDictionary<long, List<int>> _ends = [];
    private long _closedUpTo = long.MinValue;
    private int _swept;

    /// <summary>Shows the groups of windows that end up to there. True when there were any.</summary>
    public bool CloseUpTo(long watermark, long version)
    {
        if (!_plan.EmitsOnClose || watermark <= _closedUpTo)
        {
            return false;
        }

        var before = _closedUpTo;
        _closedUpTo = watermark;
        var isChanged = false;
        var done = new List<long>();
        foreach (var (end, slots) in _ends)
        {
            if (end > watermark)
            {
                break;
            }

            if (end > before)
            {
                foreach (var slot in slots.Where(slot => IsOf(slot, end)))
                {
                    _changed.Set(slot, version);
                    _sessions?.Remove(_keys[slot]);
                    isChanged = true;
                }
            }

            if (_ttl is null)
            {
                done.Add(end);
            }
        }

        done.ForEach(end => _ends.Remove(end));
        return isChanged;
    }

    /// <summary>Removes what has not changed for the time to live. True when there was any that was shown.</summary>
    /// <param name="now">Microseconds: the watermark, or the clock where there is none.</param>
    public bool Expire(long now, long version)
    {
        if (_ttl is not { } ttl)
        {
            return false;
        }

        return _plan.Window is null ? Sweep(now - ttl, version) : ExpireWindows(now - ttl, version);
    }

    /// <summary>From now on every removal is remembered until <see cref="Delivered"/>.</summary>
    public void RemembersRemovals() => _removed.KeepsAll = true;

    /// <summary>All that was shown has left the view for good.</summary>
    /// <param name="drops">What was shown is needed no more.</param>
    public void Delivered(long version, bool drops)
    {
        for (var slot = 0; drops && slot < _keys.SlotCount; slot++)
        {
            if (_keys.IsUsed(slot) && _changed.IsValid(slot))
            {
                Forget(slot, version);
            }
        }

        _removed.Forget(version);
    }

    private bool ExpireWindows(long limit, long version)
    {
        var old = new List<long>();
        foreach (var end in _ends.Keys)
        {
            if (end > limit)
            {
                break;
            }

            old.Add(end);
        }

        foreach (var end in old)
        {
            foreach (var slot in _ends[end].Where(slot => IsOf(slot, end)))
            {
                Forget(slot, version);
            }

            _ends.Remove(end);
        }

        return old.Count > 0;
    }

    private bool Sweep(long limit, long version)
    {
        if (_plan.KeyTypes.Count == 0)
        {
            return false;
        }

        var isChanged = false;
        for (var i = 0; i < SweepSlots && i < _keys.SlotCount; i++)
        {
            _swept = _swept + 1 < _keys.SlotCount ? _swept + 1 : 0;
            if (_keys.IsUsed(_swept) && _touched.Get(_swept) <= limit)
            {
                Forget(_swept, version);
                isChanged = true;
            }
        }

        return isChanged;
    }

    private void Forget(int slot, long version)
    {
        _sessions?.Remove(_keys[slot]);
        Remove(slot, version);
    }

    /// <summary>Joins the row's own window with those of its key that overlap it, and returns the slot of what came of
    /// it.</summary>
    private int PlaceSession(ReadOnlySpan<byte> key, long version)
    {
        var open = _plan.EmitsOnClose ? _closedUpTo : long.MinValue;
        var (joined, overlapped) = _sessions!.Join(key, open);
        var kept = overlapped.Find(old => old.AsSpan().SequenceEqual(joined));
        var slot = _keys.GetOrAdd(joined);
        if (kept is null)
        {
            Index(slot);
        }

        Grow();
        foreach (var old in overlapped.Where(old => !ReferenceEquals(old, kept)))
        {
            var from = _keys.GetOrAdd(old);
            foreach (var partial in _partials)
            {
                partial.Join(slot, from);
            }

            Remove(from, version);
        }

        return slot;
    }

    /// <summary>Rows placed early may have been joined to others since.</summary>
    private void FindSessions(ColumnBatch batch, Span<int> slots)
    {
        for (var row = 0; row < slots.Length; row++)
        {
            slots[row] = _keys.GetOrAdd(_sessions!.Find(_codec.Encode(batch, row, number: null)));
        }
    }

    private bool IsOf(int slot, long end) =>
        _keys.IsUsed(slot) && _codec.LongAt(_keys[slot], _plan.EndKey) == end;

    /// <summary>Takes slots whose rows are gone, and may be others' by now, out of the windows' lists.</summary>
    private void ForgetRemoved()
    {
        foreach (var (end, slots) in _ends)
        {
            var left = slots.Where(slot => IsOf(slot, end)).Distinct().ToList();
            slots.Clear();
            slots.AddRange(left);
        }
    }

    private void Index(int slot)
    {
        if (_plan.Window is null)
        {
            return;
        }

        var end = _codec.LongAt(_keys[slot], _plan.EndKey);
        if (!_plan.EmitsOnClose || end > _closedUpTo)
        {
            _sessions?.Add(_keys[slot]);
        }

        if (!_plan.EmitsOnClose && _ttl is null)
        {
            return;
        }

        if (!_ends.TryGetValue(end, out var slots))
        {
            _ends[end] = slots = [];
        }

        slots.Add(slot);
    }
}
