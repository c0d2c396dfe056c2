using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.DuckDb;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>Lets DuckDB say for which rows of a view an alert's condition holds. One caller at a time.</summary>
/// <param name="condition">SQL that <see cref="AlertCondition"/> gave.</param>
internal sealed class AlertEvaluator(
    IDuckDb duckDb, AlertSpec alert, string condition, IReadOnlyList<ViewColumn> columns) : IDisposable
{
    private const string Holds = "tarn_holds";
    private readonly IDuckDbSession _session = duckDb.OpenSession();
    private readonly IReadOnlyList<DuckDbColumn> _columns =
        [.. columns.Select(column => new DuckDbColumn(column.Name, column.Type))];
    private readonly RowJson _json = new(columns);

    /// <param name="isActive">Whether a key's row is pending or firing.</param>
    public async Task<AlertEvaluation> EvaluateAsync(
        ViewRows rows, Predicate<string>? isActive, CancellationToken cancellation)
    {
        _session.RegisterTable(AlertCondition.RowsTable, new BatchTable(_columns, rows.Rows));
        var items = string.Join(", ", columns.Select(column => SqlText.Name(column.Name)));
        var sql = $"SELECT {items}, coalesce({condition}, false) AS {Holds} FROM {AlertCondition.Rows(alert)}";
        sql = isActive is null ? $"SELECT * FROM ({sql}) WHERE {Holds}" : sql;
        var types = rows.Rows.Columns.Select(column => column.Type).Append(new CellType("BOOLEAN", CellKind.Boolean));
        var found = await ColumnBatch.ReadAsync(_session, sql, [], [.. types], cancellation).ConfigureAwait(false);

        // The session outlives the rows.
        _session.RegisterTable(AlertCondition.RowsTable, new EmptyTable(_columns));
        return new AlertEvaluation(rows.IsSnapshot, Collect(found, isActive), Gone(rows));
    }

    public void Dispose() => _session.Dispose();

    /// <summary>By key; where several rows have one, it holds when it holds for any of them.</summary>
    private Dictionary<string, AlertEvaluation.Seen> Collect(ColumnBatch found, Predicate<string>? isActive)
    {
        var seen = new Dictionary<string, AlertEvaluation.Seen>(StringComparer.Ordinal);
        for (var row = 0; row < found.Count; row++)
        {
            var holds = found.Columns[^1].Long(row) != 0;
            if (!holds && isActive is null)
            {
                continue;
            }

            var key = _json.Keys(found, row);
            var known = seen.GetValueOrDefault(key);
            if (known is null ? holds || isActive!(key) : holds && !known.Holds)
            {
                seen[key] = new AlertEvaluation.Seen(holds, _json.Row(found, row));
            }
            else if (known is { Holds: false })
            {
                seen[key] = known with { Row = "null" };
            }
        }

        return seen;
    }

    private List<string> Gone(ViewRows rows) =>
        rows.Removed is not { } removed ? [] : [.. Enumerable.Range(0, removed.Count).Select(row =>
            _json.Keys(removed, row))];
}
