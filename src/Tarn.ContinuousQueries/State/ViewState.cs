using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Sinks;

namespace Tarn.ContinuousQueries.State;

/// <summary>All that a view or a sink holds. Not thread-safe: see <see cref="LeafState"/>.</summary>
internal sealed class ViewState
{
    private const long MicrosecondsPerMillisecond = 1_000;
    private const int ListValuesDefault = 1_000;
    private readonly SinkForm? _sink;

    /// <param name="sink">Null: the state is read as a whole. Else it serves a sink: what changed is known since what
    /// was taken last, however much it is, and rows that never change are held until they are taken and no longer.
    /// </param>
    public ViewState(ViewPlan plan, ViewOptions options, SinkForm? sink)
    {
        _sink = sink;
        Plan = plan;
        var ttl = sink == SinkForm.Appends ? null : options.TtlMilliseconds * MicrosecondsPerMillisecond;
        Leaves = [.. plan.Leaves.Select(leaf =>
            new LeafState(leaf, leaf.KeptFor ?? ttl, options.ListValuesMax ?? ListValuesDefault))];
        foreach (var leaf in sink is null ? [] : Shown)
        {
            leaf.RemembersRemovals();
        }
    }

    public ViewPlan Plan { get; }

    public IReadOnlyList<LeafState> Leaves { get; }

    /// <summary>Those that hold nothing for a join alone.</summary>
    private IEnumerable<LeafState> Shown => Leaves.Where((_, i) => !Plan.Leaves[i].IsSide);

    /// <summary>Groups and kept rows.</summary>
    public long Count => Leaves.Sum(leaf => (long)leaf.Count);

    /// <summary>Values that groups hold one by one.</summary>
    public long ValueCount => Leaves.Sum(leaf => leaf.ValueCount);

    public long Bytes => Leaves.Sum(leaf => leaf.Bytes);

    /// <summary>Merges rows of a leaf. True when there were any that are shown.</summary>
    public bool Merge(int leaf, IReadOnlyList<ColumnBatch> parts, long version, long now)
    {
        foreach (var part in parts)
        {
            Leaves[leaf].Merge(part, version, now);
        }

        return !Plan.Leaves[leaf].IsSide && parts.Any(part => part.Count > 0);
    }

    /// <summary>Shows windows that have closed and removes what is old. True when what is shown has changed.</summary>
    public bool Pass(long? watermark, long now, long version)
    {
        var isChanged = false;
        foreach (var (plan, leaf) in Plan.Leaves.Zip(Leaves))
        {
            if (plan.IsSide)
            {
                if (watermark is { } passed)
                {
                    leaf.Expire(passed, version);
                }

                continue;
            }

            isChanged |= watermark is { } closed && leaf.CloseUpTo(closed, version);
            isChanged |= leaf.Expire(now, version);
        }

        return isChanged;
    }

    public FrozenView Freeze(long version) => new(Plan, [.. Leaves.Select(leaf => leaf.Freeze(version))], version);

    /// <summary>As <see cref="Freeze"/>; what a sink then puts out, it need not hold any longer.</summary>
    public FrozenView Take(long version)
    {
        var frozen = Freeze(version);
        foreach (var leaf in _sink is null ? [] : Shown)
        {
            leaf.Delivered(version, drops: _sink == SinkForm.Appends);
        }

        return frozen;
    }
}
