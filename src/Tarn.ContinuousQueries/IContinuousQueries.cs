using Tarn.ContinuousQueries.Subscriptions;

namespace Tarn.ContinuousQueries;

/// <summary>
/// SQL that runs all the time over streams. State and source offsets are snapshotted together, the log is replayed
/// from the snapshot after a restart, so a view counts every record exactly once. Thread-safe. Views are also
/// tables for SQL (<see cref="Tarn.Query.Sources.ITableSource"/>) and their DDL runs through any SQL door
/// (<see cref="Tarn.Query.Statements.IStatementHandler"/>).
/// </summary>
public interface IContinuousQueries
{
    /// <summary>
    /// Runs CREATE SOURCE, CREATE [OR REPLACE] MATERIALIZED VIEW or DROP of either. The same text again changes
    /// nothing.
    /// </summary>
    Task<string> ExecuteAsync(string sql, string database, CancellationToken cancellation);

    /// <summary>Views by name.</summary>
    IReadOnlyList<ViewStatus> List();

    ViewStatus? Find(string name);

    /// <summary>Sinks by name.</summary>
    IReadOnlyList<SinkStatus> ListSinks();

    /// <summary>Completes when the view has counted every record that was acknowledged before the call.</summary>
    Task CatchUpAsync(string name, CancellationToken cancellation);

    /// <summary>Stops a view or a sink, over restarts too; the view stays readable. Throws NotFound.</summary>
    Task PauseAsync(string name, CancellationToken cancellation);

    /// <summary>Goes on where the view or sink was paused or has failed. Throws NotFound.</summary>
    Task ResumeAsync(string name, CancellationToken cancellation);

    /// <summary>
    /// Counts the view anew from the oldest record that its stream keeps, beside the one that is read, and puts it in
    /// its place in one step once it has caught up, over restarts too. Throws NotFound.
    /// </summary>
    Task BackfillAsync(string name, CancellationToken cancellation);

    /// <summary>How the view is kept, a line each, as EXPLAIN MATERIALIZED VIEW gives it.</summary>
    Task<IReadOnlyList<string>> ExplainAsync(string name, CancellationToken cancellation);

    /// <summary>What a SUBSCRIBE TO asks for. Throws Invalid for another statement, NotFound.</summary>
    SubscribeRequest SubscribedBy(string sql);

    /// <summary>
    /// First the whole view, or what changed since a position that is still known; then changes as they commit, at most
    /// one batch per <paramref name="interval"/>; a slow reader gets later changes merged, never an unbounded queue.
    /// Ends when the view is dropped. Throws NotFound.
    /// </summary>
    /// <param name="since">What the reader has already, as <see cref="ViewChanges.Position"/> gave it; null: nothing.
    /// </param>
    IAsyncEnumerable<ViewChanges> SubscribeAsync(
        string name, TimeSpan interval, ViewPosition? since, CancellationToken cancellation);
}
