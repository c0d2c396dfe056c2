using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.State;

/// <summary>A view's state as it was at one version. Immutable, any thread.</summary>
internal sealed class FrozenState(
    ViewPlan plan, FrozenKeys keys, IReadOnlyList<IFrozenCells> cells, FrozenCells<long, LongCell> changed,
        long version)
{
    public ViewPlan Plan { get; } = plan;

    public FrozenKeys Keys { get; } = keys;

    public IReadOnlyList<IFrozenCells> Cells { get; } = cells;

    public long Version { get; } = version;

    public int Count => Keys.Count;

    /// <summary>Groups that changed after that version, by slot.</summary>
    public int[] ChangedSince(long since)
    {
        var slots = new List<int>();
        for (var slot = 0; slot < Count; slot++)
        {
            if (changed.TryGet(slot, out var at) && at > since)
            {
                slots.Add(slot);
            }
        }

        return [.. slots];
    }

    /// <summary>Layout: docs/formats/view-snapshot.md, "State".</summary>
    public void Save(SnapshotWriter writer)
    {
        for (var slot = 0; slot < Count; slot++)
        {
            writer.WriteBytes(Keys[slot]);
        }

        foreach (var column in Cells)
        {
            column.Save(writer, Count);
        }
    }
}
