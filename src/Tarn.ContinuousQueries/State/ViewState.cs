using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;

namespace Tarn.ContinuousQueries.State;

/// <summary>All that a view holds. Not thread-safe: see <see cref="LeafState"/>.</summary>
internal sealed class ViewState(ViewPlan plan, ViewOptions options)
{
    private const long MicrosecondsPerMillisecond = 1_000;
    private const int ListValuesDefault = 1_000;

    public ViewPlan Plan { get; } = plan;

    public IReadOnlyList<LeafState> Leaves { get; } = [.. plan.Leaves.Select(leaf =>
        new LeafState(
            leaf, options.TtlMilliseconds * MicrosecondsPerMillisecond, options.ListValuesMax ?? ListValuesDefault))];

    /// <summary>Groups and kept rows.</summary>
    public long Count => Leaves.Sum(leaf => (long)leaf.Count);

    /// <summary>Values that groups hold one by one.</summary>
    public long ValueCount => Leaves.Sum(leaf => leaf.ValueCount);

    public long Bytes => Leaves.Sum(leaf => leaf.Bytes);

    /// <summary>Merges rows of a leaf. True when there were any.</summary>
    public bool Merge(int leaf, IReadOnlyList<ColumnBatch> parts, long version, long now)
    {
        foreach (var part in parts)
        {
            Leaves[leaf].Merge(part, version, now);
        }

        return parts.Any(part => part.Count > 0);
    }

    /// <summary>Shows windows that have closed and removes what is old. True when what is shown has changed.</summary>
    public bool Pass(long? watermark, long now, long version)
    {
        var isChanged = false;
        foreach (var leaf in Leaves)
        {
            isChanged |= watermark is { } closed && leaf.CloseUpTo(closed, version);
            isChanged |= leaf.Expire(now, version);
        }

        return isChanged;
    }

    public FrozenView Freeze(long version) => new(Plan, [.. Leaves.Select(leaf => leaf.Freeze(version))], version);
}
