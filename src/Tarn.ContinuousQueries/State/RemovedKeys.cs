namespace Tarn.ContinuousQueries.State;

/// <summary>Keys that were removed, with the version in which, as far back as memory is given to them.</summary>
internal sealed class RemovedKeys
{
    private const int EntriesMax = 100_000;
    private (long Version, byte[] Key)[] _entries = new (long, byte[])[16];
    private int _count;
    private long _since;

    /// <summary>Nothing is forgotten but by <see cref="Forget"/>.</summary>
    public bool KeepsAll { get; set; }

    public void Add(long version, ReadOnlySpan<byte> key)
    {
        if (_count == _entries.Length)
        {
            MakeRoom();
        }

        _entries[_count++] = (version, key.ToArray());
    }

    /// <summary>Nothing is known of what was removed up to that version.</summary>
    public void Forget(long version) => (_entries, _count, _since) = (new (long, byte[])[16], 0, version);

    /// <summary>What is known now. Later additions do not change it.</summary>
    public FrozenRemovals Freeze() => new(_entries, _count, _since);

    private void MakeRoom()
    {
        var kept = _entries.AsSpan(_count >= EntriesMax && !KeepsAll ? _count / 2 : 0);
        if (kept.Length < _count)
        {
            _since = _entries[_count - kept.Length - 1].Version;
        }

        var entries = new (long, byte[])[Math.Max(kept.Length * 2, 16)];
        kept.CopyTo(entries);
        (_entries, _count) = (entries, kept.Length);
    }
}
