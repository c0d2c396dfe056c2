using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.State;

/// <summary>A leaf's state as it was at one version. Immutable, any thread.</summary>
internal sealed class FrozenLeaf(
    LeafPlan plan, FrozenKeys keys, IReadOnlyList<IFrozenCells> cells, FrozenCells<long, LongCell> changed,
    FrozenCells<long, LongCell> touched, FrozenRemovals removals, bool hasTimes, long version,
    long nextRow, long closedUpTo)
{
    public LeafPlan Plan { get; } = plan;

    public FrozenKeys Keys { get; } = keys;

    public IReadOnlyList<IFrozenCells> Cells { get; } = cells;

    public FrozenRemovals Removals { get; } = removals;

    public long Version { get; } = version;

    /// <summary>What a snapshot says of the leaf.</summary>
    public SnapshotLeaf Header { get; } = new(keys.Count, nextRow, closedUpTo, hasTimes);

    public int Count => Keys.Count;

    /// <summary>Slots of the groups that are shown and changed after that version; null: of all that are shown.
    /// </summary>
    public int[] Shown(long? since)
    {
        var slots = new List<int>(since is null ? Count : 16);
        for (var slot = 0; slot < Keys.SlotCount; slot++)
        {
            if (changed.TryGet(slot, out var at) && !(at <= since))
            {
                slots.Add(slot);
            }
        }

        return [.. slots];
    }

    /// <summary>All slots, also of groups that are hidden.</summary>
    public int[] Used()
    {
        var used = new List<int>(Count);
        for (var slot = 0; slot < Keys.SlotCount; slot++)
        {
            if (Keys.IsUsed(slot))
            {
                used.Add(slot);
            }
        }

        return [.. used];
    }

    /// <summary>Keys that were removed after that version and have not come back.</summary>
    public IReadOnlyList<byte[]> RemovedSince(long version)
    {
        var gone = Removals.After(version);
        if (gone.Count == 0)
        {
            return gone;
        }

        var back = Shown(version).Select(slot => Convert.ToBase64String(Keys[slot])).ToHashSet(StringComparer.Ordinal);
        return [.. gone.Where(key => !back.Contains(Convert.ToBase64String(key)))];
    }

    /// <summary>Layout: docs/formats/view-snapshot.md, "State".</summary>
    public void Save(SnapshotWriter writer)
    {
        var used = Used();
        foreach (var slot in used)
        {
            writer.WriteBytes(Keys[slot]);
        }

        foreach (var column in Cells)
        {
            column.Save(writer, used);
        }

        if (Header.HasTimes)
        {
            touched.Save(writer, used);
        }
    }
}
