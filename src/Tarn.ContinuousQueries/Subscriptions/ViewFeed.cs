using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.State;
using Tarn.DuckDb;

namespace Tarn.ContinuousQueries.Subscriptions;

/// <summary>
/// Turns a view's merged state into its rows, once for all readers that stand at the same version: N subscribers of one
/// interval cost one evaluation. Thread-safe.
/// </summary>
internal sealed class ViewFeed(IDuckDb duckDb, TimeProvider time) : IDisposable
{
    private const long Whole = -1;
    private const int EntriesMax = 8;

    /// <summary>Changes evaluated so recently serve another reader although the view has moved on; it gets the rest
    /// next time.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private IDuckDbSession? _idle;
    private volatile bool _isDisposed;

    /// <summary>All rows as of now.</summary>
    public Task<ViewRows> ReadAllAsync(Func<FrozenView> freeze, long version) =>
        Get(Whole, freeze, version, TimeSpan.Zero);

    /// <summary>Rows changed after <paramref name="since"/>, or all when changes of the view cannot be told by
    /// key.</summary>
    public Task<ViewRows> ReadChangesAsync(Func<FrozenView> freeze, long version, long since) =>
        Get(since, freeze, version, Fresh);

    /// <summary>Reads that are under way end as they would.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Interlocked.Exchange(ref _idle, null)?.Dispose();
    }

    private Task<ViewRows> Get(long since, Func<FrozenView> freeze, long version, TimeSpan ageMax)
    {
        lock (_gate)
        {
            _entries.RemoveAll(entry => entry.Rows.IsFaulted);
            var known = _entries.Find(entry => entry.Since == since
                && (entry.Version == version || time.GetElapsedTime(entry.At) < ageMax));
            if (known is not null)
            {
                return known.Rows;
            }

            var state = freeze();
            var entry = new Entry(since, state.Version, time.GetTimestamp(), EvaluateAsync(state, since));
            _entries.RemoveAll(old => old.Since == since);
            _entries.Add(entry);
            if (_entries.Count > EntriesMax)
            {
                _entries.RemoveAt(0);
            }

            return entry.Rows;
        }
    }

    private async Task<ViewRows> EvaluateAsync(FrozenView state, long since)
    {
        var session = Interlocked.Exchange(ref _idle, null) ?? duckDb.OpenSession();
        try
        {
            var rows = await EvaluateAsync(session, state, since).ConfigureAwait(false);
            for (var i = 0; i < state.Leaves.Count; i++)
            {
                // The session outlives the state.
                session.RegisterTable(ViewPlan.StateTable(i), new EmptyTable(state.Plan.Leaves[i].StateColumns));
            }

            (session, var other) = (null, Interlocked.Exchange(ref _idle, session));
            other?.Dispose();
            return rows;
        }
        finally
        {
            session?.Dispose();
            if (_isDisposed)
            {
                Interlocked.Exchange(ref _idle, null)?.Dispose();
            }
        }
    }

    private static async Task<ViewRows> EvaluateAsync(IDuckDbSession session, FrozenView state, long since)
    {
        var plan = state.Plan;
        var isSnapshot = since == Whole || plan.Changes == ChangeForm.Whole
            || (plan.Changes == ChangeForm.Keyed && !state.Leaves[0].Removals.Knows(since));
        for (var i = 0; i < state.Leaves.Count; i++)
        {
            session.RegisterTable(
                ViewPlan.StateTable(i),
                new StateTable(state.Leaves[i], state.Leaves[i].Shown(isSnapshot ? null : since)));
        }

        var rows = await ColumnBatch
            .ReadAsync(session, plan.FinalSql, [], plan.FinalTypes, CancellationToken.None).ConfigureAwait(false);
        var removed = isSnapshot || plan.KeySql is null ? [] : state.Leaves[0].RemovedSince(since);
        if (removed.Count == 0)
        {
            return new ViewRows(isSnapshot, state.Version, rows, Removed: null)
            {
                Appends = !isSnapshot && plan.Changes == ChangeForm.Append,
            };
        }

        session.RegisterTable(ViewPlan.StateTable(0), new KeyedTable(plan.Leaves[0], removed));
        var keys = await ColumnBatch
            .ReadAsync(session, plan.KeySql!, [], plan.FinalTypes, CancellationToken.None).ConfigureAwait(false);
        return new ViewRows(isSnapshot, state.Version, rows, keys);
    }

    private sealed record Entry(long Since, long Version, long At, Task<ViewRows> Rows);
}
