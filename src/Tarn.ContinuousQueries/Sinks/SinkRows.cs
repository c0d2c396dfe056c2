using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.State;
using Tarn.DuckDb;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>What changed in a state since a version, as rows of the view.</summary>
internal static class SinkRows
{
    /// <summary>How rows of the plan leave; null: it cannot be told which of them changed.</summary>
    public static SinkForm? FormOf(ViewPlan plan) => plan.IsAppendOnly ? SinkForm.Appends
        : plan.Changes == ChangeForm.Keyed ? SinkForm.Changes
        : null;

    /// <param name="since">Changes after this version; -1: all that is shown.</param>
    public static async Task<(ColumnBatch Rows, ColumnBatch? Removed)> ReadAsync(
        IDuckDb duckDb, FrozenView state, long since, CancellationToken cancellation)
    {
        var plan = state.Plan;
        var leaf = state.Leaves[0];
        var shown = leaf.Shown(since);
        IReadOnlyList<byte[]> gone = since < 0 || plan.IsAppendOnly || plan.KeySql is null
            ? [] : leaf.RemovedSince(since);
        using var session = duckDb.OpenSession();
        var rows = ColumnBatch.Empty(plan.FinalTypes);
        if (shown.Length > 0)
        {
            session.RegisterTable(ViewPlan.StateTable(0), new StateTable(leaf, shown));
            rows = await ColumnBatch.ReadAsync(session, plan.FinalSql, [], plan.FinalTypes, cancellation)
                .ConfigureAwait(false);
        }

        if (gone.Count == 0)
        {
            return (rows, null);
        }

        session.RegisterTable(ViewPlan.StateTable(0), new KeyedTable(plan.Leaves[0], gone));
        var removed = await ColumnBatch.ReadAsync(session, plan.KeySql!, [], plan.FinalTypes, cancellation)
            .ConfigureAwait(false);
        return (rows, removed);
    }
}
