using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Lookups;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.State;
using Tarn.DuckDb;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>
/// Lets DuckDB join the new rows of a batch with each other and with the rows that the sides keep, of which only those
/// are offered whose time is near enough. Used by one view's loop.
/// </summary>
internal sealed class JoinEvaluator(ViewPlan plan, IDuckDb duckDb, LookupTables lookups) : IDisposable
{
    private readonly IDuckDbSession _session = duckDb.OpenSession();

    /// <summary>Nothing is kept when it throws.</summary>
    /// <param name="gate">Under which the state is read.</param>
    public async Task<IReadOnlyList<JoinedRows>> EvaluateAsync(
        IReadOnlyList<EvaluatedBatch> batches, ViewState state, Lock gate, CancellationToken cancellation)
    {
        var joined = new List<JoinedRows>();
        for (var leaf = 0; leaf < plan.Leaves.Count; leaf++)
        {
            if (plan.Leaves[leaf].Join is not { } join)
            {
                continue;
            }

            var left = NewRows(batches, leaf + IntervalJoinPlan.LeftLeaf);
            var right = NewRows(batches, leaf + IntervalJoinPlan.RightLeaf);
            if (left.Concat(right).All(part => part.Count == 0))
            {
                continue;
            }

            await lookups.RefreshAsync(_session, cancellation).ConfigureAwait(false);
            Offer(join, leaf, left, right, state, gate);
            joined.Add(new JoinedRows(leaf, await ColumnBatch
                .ReadAsync(_session, plan.Leaves[leaf].BatchSql, [], plan.Leaves[leaf].BatchTypes, cancellation)
                .ConfigureAwait(false)));
        }

        return joined;
    }

    public void Dispose() => _session.Dispose();

    private static IReadOnlyList<ColumnBatch> NewRows(IReadOnlyList<EvaluatedBatch> batches, int leaf)
    {
        foreach (var batch in batches)
        {
            for (var i = 0; i < batch.Rows.Count; i++)
            {
                if (batch.Input.Leaves[i] == leaf)
                {
                    return batch.Rows[i];
                }
            }
        }

        return [];
    }

    private void Offer(
        IntervalJoinPlan join, int leaf, IReadOnlyList<ColumnBatch> left, IReadOnlyList<ColumnBatch> right,
        ViewState state, Lock gate)
    {
        FrozenLeaf keptLeft, keptRight;
        lock (gate)
        {
            keptLeft = state.Leaves[leaf + IntervalJoinPlan.LeftLeaf].Freeze(version: 0);
            keptRight = state.Leaves[leaf + IntervalJoinPlan.RightLeaf].Freeze(version: 0);
        }

        _session.RegisterTable(join.LeftNew, new BatchTable(IntervalJoinPlan.NewColumns(join.Left), left));
        _session.RegisterTable(join.RightNew, new BatchTable(IntervalJoinPlan.NewColumns(join.Right), right));
        _session.RegisterTable(
            join.LeftKept, new StateTable(keptLeft, Near(keptLeft, TimesOf(right), -join.Most, -join.Least)));
        _session.RegisterTable(
            join.RightKept, new StateTable(keptRight, Near(keptRight, TimesOf(left), join.Least, join.Most)));
    }

    /// <summary>The least and the greatest event time of new rows; null: there are none.</summary>
    private static (long Least, long Most)? TimesOf(IReadOnlyList<ColumnBatch> parts)
    {
        (long Least, long Most)? times = null;
        foreach (var part in parts)
        {
            // The first column is the end of the time for which the row is kept.
            var column = part.Columns[1 + IntervalJoinPlan.TimeValue];
            for (var row = 0; row < part.Count; row++)
            {
                var time = column.Long(row);
                times = times is var (least, most) ? (Math.Min(least, time), Math.Max(most, time)) : (time, time);
            }
        }

        return times;
    }

    /// <summary>Slots of the kept rows whose time is so far from that of new ones.</summary>
    private static int[] Near(FrozenLeaf kept, (long Least, long Most)? times, long least, long most)
    {
        if (times is not var (first, last))
        {
            return [];
        }

        var cells = (FrozenCells<long, LongCell>)kept.Cells[IntervalJoinPlan.TimeValue];
        var near = new List<int>();
        for (var slot = 0; slot < kept.Keys.SlotCount; slot++)
        {
            if (kept.Keys.IsUsed(slot) && cells.TryGet(slot, out var time)
                && time >= first + least && time <= last + most)
            {
                near.Add(slot);
            }
        }

        return [.. near];
    }
}
