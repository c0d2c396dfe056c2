namespace Tarn.ContinuousQueries.State;

/// <summary>Which entries belonged to which group when frozen. Any thread.</summary>
internal sealed class FrozenRings(
    FrozenCells<long, LongCell> next, FrozenCells<long, LongCell> last, FrozenCells<long, LongCell> sizes)
{
    /// <summary>Entries of a group.</summary>
    public long SizeOf(int group) => sizes.TryGet(group, out var size) ? size : 0;

    /// <summary>The group's entries, first to last.</summary>
    public int[] EntriesOf(int group)
    {
        var entries = new int[SizeOf(group)];
        if (entries.Length > 0)
        {
            last.TryGet(group, out var at);
            for (var i = 0; i < entries.Length; i++)
            {
                next.TryGet((int)at, out at);
                entries[i] = (int)at;
            }
        }

        return entries;
    }
}
