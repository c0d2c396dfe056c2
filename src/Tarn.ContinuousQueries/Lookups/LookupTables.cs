using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;
using Tarn.DuckDb;

namespace Tarn.ContinuousQueries.Lookups;

/// <summary>The lookups of one session as temporary tables: read before they are needed, looked at again after a while,
/// and read again only when they have changed. Used by one view's loop.</summary>
/// <param name="refresh">How long a table is taken to be as it was.</param>
internal sealed class LookupTables(
    IReadOnlyList<LookupPlan> lookups, LakeReader lake, TimeSpan refresh, long rowsMax, TimeProvider time)
{
    private readonly Dictionary<string, (string? Revision, long LookedAt)> _known = new(StringComparer.Ordinal);

    /// <summary>Throws Unavailable while one cannot be read, LimitExceeded when it holds too many rows.</summary>
    public async Task RefreshAsync(IDuckDbSession session, CancellationToken cancellation)
    {
        foreach (var lookup in lookups)
        {
            var isKnown = _known.TryGetValue(lookup.Table, out var known);
            if (isKnown && time.GetElapsedTime(known.LookedAt) < refresh)
            {
                continue;
            }

            var lookedAt = time.GetTimestamp();
            var revision = known.Revision;
            if (await lake.ReadAsync(lookup, known.Revision, rowsMax, cancellation).ConfigureAwait(false) is { } read)
            {
                await TakeAsync(session, lookup, read.Rows, cancellation).ConfigureAwait(false);
                revision = read.Revision;
            }

            _known[lookup.Table] = (revision, lookedAt);
        }
    }

    private static async Task TakeAsync(
        IDuckDbSession session, LookupPlan lookup, ColumnBatch rows, CancellationToken cancellation)
    {
        session.RegisterTable(LookupPlan.RowsTable, new BatchTable(lookup.RowColumns, rows));
        await session.ExecuteAsync(lookup.MakeSql, cancellation).ConfigureAwait(false);

        // Lets the rows go: they are in the session's own table now.
        session.RegisterTable(LookupPlan.RowsTable, new EmptyTable(lookup.RowColumns));
    }
}
