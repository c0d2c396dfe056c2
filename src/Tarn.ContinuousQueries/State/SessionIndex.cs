using Tarn.ContinuousQueries.Planning;

namespace Tarn.ContinuousQueries.State;

/// <summary>Sessions by the key beside which gaps are measured: the key with its bounds left out.</summary>
internal sealed class SessionIndex(LeafPlan plan, KeyCodec codec)
{
    private readonly Dictionary<string, List<byte[]>> _sessions = new(StringComparer.Ordinal);

    public void Add(ReadOnlySpan<byte> key)
    {
        var name = NameOf(key);
        if (!_sessions.TryGetValue(name, out var keys))
        {
            _sessions[name] = keys = [];
        }

        if (!Contains(keys, key))
        {
            keys.Add(key.ToArray());
        }
    }

    public void Remove(ReadOnlySpan<byte> key)
    {
        var name = NameOf(key);
        var gone = key.ToArray();
        if (_sessions.TryGetValue(name, out var keys))
        {
            keys.RemoveAll(known => known.AsSpan().SequenceEqual(gone));
            if (keys.Count == 0)
            {
                _sessions.Remove(name);
            }
        }
    }

    /// <summary>
    /// The key of the session that the given one becomes with all it overlaps, and the keys of those. What has ended up
    /// to <paramref name="closed"/> stays as it is. The index holds the result instead of them.
    /// </summary>
    public (byte[] Joined, List<byte[]> Overlapped) Join(ReadOnlySpan<byte> key, long closed)
    {
        var name = NameOf(key);
        var (start, end) = (codec.LongAt(key, plan.StartKey), codec.LongAt(key, plan.EndKey));
        var overlapped = new List<byte[]>();
        if (_sessions.TryGetValue(name, out var keys))
        {
            var (first, last) = (start, end);
            overlapped = keys.FindAll(known => codec.LongAt(known, plan.EndKey) > Math.Max(first, closed)
                && codec.LongAt(known, plan.StartKey) < last);
            foreach (var known in overlapped)
            {
                start = Math.Min(start, codec.LongAt(known, plan.StartKey));
                end = Math.Max(end, codec.LongAt(known, plan.EndKey));
            }

            keys.RemoveAll(overlapped.Contains);
        }
        else
        {
            _sessions[name] = keys = [];
        }

        var joined = key.ToArray();
        codec.SetLong(joined, plan.StartKey, start);
        codec.SetLong(joined, plan.EndKey, end);
        keys.Add(joined);
        return (joined, overlapped);
    }

    /// <summary>The key of the session that holds the given one.</summary>
    public byte[] Find(ReadOnlySpan<byte> key)
    {
        var (start, end) = (codec.LongAt(key, plan.StartKey), codec.LongAt(key, plan.EndKey));
        return _sessions[NameOf(key)].Find(known => codec.LongAt(known, plan.StartKey) <= start
            && codec.LongAt(known, plan.EndKey) >= end)!;
    }

    private static bool Contains(List<byte[]> keys, ReadOnlySpan<byte> key)
    {
        foreach (var known in keys)
        {
            if (key.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }

    private string NameOf(ReadOnlySpan<byte> key)
    {
        var name = new System.Text.StringBuilder();
        var at = 0;
        for (var i = 0; i < plan.KeyTypes.Count; i++)
        {
            var next = i + 1 < plan.KeyTypes.Count ? codec.OffsetOf(key, i + 1) : key.Length;
            if (i != plan.StartKey && i != plan.EndKey)
            {
                name.Append(Convert.ToBase64String(key[at..next])).Append('.');
            }

            at = next;
        }

        return name.ToString();
    }
}
