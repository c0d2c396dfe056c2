namespace Tarn.Query.Statements;

/// <summary>
/// Runs statements that the query engine itself does not know, such as CREATE MATERIALIZED VIEW. Higher storeys
/// implement it, so that every SQL door (Athena, console, command line) takes the same language.
/// </summary>
public interface IStatementHandler
{
    /// <summary>True when the statement is this handler's, judged by its first words.</summary>
    bool Handles(string sql);

    /// <summary>True when a statement of this handler answers with rows: those are had by <see cref="ReadAsync"/>.
    /// </summary>
    bool GivesRows(string sql);

    /// <summary>
    /// Runs it and returns the text to show, such as <c>created materialized view games_per_user</c>.
    /// </summary>
    Task<string> ExecuteAsync(string sql, string database, CancellationToken cancellation);

    /// <summary>Runs a statement that answers with rows, such as SHOW SOURCES.</summary>
    Task<StatementRows> ReadAsync(string sql, string database, CancellationToken cancellation);
}
