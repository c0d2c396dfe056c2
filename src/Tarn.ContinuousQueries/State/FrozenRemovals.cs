namespace Tarn.ContinuousQueries.State;

/// <summary>Keys that were removed, as they were known at one version. Any thread.</summary>
/// <param name="since">The version after which every removal is known.</param>
internal sealed class FrozenRemovals((long Version, byte[] Key)[] entries, int count, long since)
{
    /// <summary>Whether all that was removed after that version is known.</summary>
    public bool Knows(long version) => version >= since;

    /// <summary>Keys removed after that version, each once.</summary>
    public IReadOnlyList<byte[]> After(long version)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var keys = new List<byte[]>();
        for (var i = count - 1; i >= 0 && entries[i].Version > version; i--)
        {
            if (seen.Add(Convert.ToBase64String(entries[i].Key)))
            {
                keys.Add(entries[i].Key);
            }
        }

        return keys;
    }
}
