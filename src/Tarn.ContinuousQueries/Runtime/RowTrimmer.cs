using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.State;
using Tarn.DuckDb;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>
/// Lets go of kept rows that no result will show again (<see cref="LeafPlan.TrimSql"/>), each time a leaf has twice the
/// rows that were left the last time. Used by one view's loop.
/// </summary>
/// <param name="rowsMin">Fewer rows than that are left alone.</param>
internal sealed class RowTrimmer(ViewPlan plan, IDuckDb duckDb, int rowsMin)
{
    private readonly long[] _due = [.. plan.Leaves.Select(leaf => leaf.TrimSql is null ? long.MaxValue : rowsMin)];

    /// <summary>What is shown does not change.</summary>
    /// <param name="gate">Under which the state is changed.</param>
    public async Task TrimAsync(ViewState state, Lock gate, CancellationToken cancellation)
    {
        for (var i = 0; i < _due.Length; i++)
        {
            if (state.Leaves[i].Count < _due[i])
            {
                continue;
            }

            FrozenLeaf frozen;
            lock (gate)
            {
                frozen = state.Leaves[i].Freeze(version: 0);
            }

            using var session = duckDb.OpenSession();
            session.RegisterTable(ViewPlan.StateTable(i), new StateTable(frozen, frozen.Used()));
            var keys = await ColumnBatch
                .ReadAsync(session, plan.Leaves[i].TrimSql!, [], plan.Leaves[i].KeyTypes, cancellation)
                .ConfigureAwait(false);
            lock (gate)
            {
                state.Leaves[i].RemoveRows(keys);
            }

            _due[i] = Math.Max(rowsMin, 2L * state.Leaves[i].Count);
        }
    }
}
