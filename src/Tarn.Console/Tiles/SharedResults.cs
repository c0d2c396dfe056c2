using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;

namespace Tarn.Console.Tiles;

/// <summary>
/// Results of tile queries, shared by everybody who looks: a query runs once per refresh interval, however many
/// pages show it. Thread-safe.
/// </summary>
internal sealed class SharedResults(IQueries queries, TimeProvider time) : IDisposable
{
    private const int RowsMax = 1000;
    private const int EntriesMax = 200;
    private readonly Dictionary<string, Entry> entries = [];
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();

    /// <summary>The result, at most <paramref name="ageMax"/> old. Throws what the query failed with.</summary>
    public Task<TileRows> GetAsync(string sql, TimeSpan ageMax, CancellationToken cancellation)
    {
        lock (gate)
        {
            // A page's timer and this clock are not the same: a result that is nearly due counts as due.
            var now = time.GetUtcNow();
            var isFresh = entries.TryGetValue(sql, out var entry)
                && (!entry.Rows.IsCompleted || (entry.Rows.IsCompletedSuccessfully && now - entry.At < ageMax * 0.9));
            if (!isFresh)
            {
                Trim();
                entry = new Entry(now, RunAsync(sql));
                entries[sql] = entry;
            }

            return entry!.Rows.WaitAsync(cancellation);
        }
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }

    private async Task<TileRows> RunAsync(string sql)
    {
        await Task.Yield();
        var started = await queries.StartAsync(new QueryRequest { Sql = sql }, stopping.Token);
        var ended = await queries.WaitAsync(started.Id, progress: null, stopping.Token);
        if (ended.State != QueryState.Succeeded)
        {
            throw new TarnException(
                ErrorKind.Invalid, ended.StateChangeReason ?? "the query was stopped") { Code = ended.ErrorCode };
        }

        var page = await queries.ReadAsync(ended.Id, 0, RowsMax, stopping.Token);
        var columns = page.Columns.Select(column => new TileColumn(column.Name, column.Type)).ToList();
        var rows = page.Rows.Select(row => Values(row, columns)).ToList();
        return new TileRows(columns, rows, time.GetUtcNow());
    }

    private static List<object?> Values(IReadOnlyList<string?> row, List<TileColumn> columns) =>
        [.. row.Select((text, i) => Value(text, columns[i].Type))];

    private static object? Value(string? text, string type) => type switch
    {
        _ when text is null => null,
        "tinyint" or "smallint" or "integer" or "bigint" => long.Parse(text, CultureInfo.InvariantCulture),
        "real" or "double" or "float" or "decimal" => double.Parse(text, CultureInfo.InvariantCulture),
        _ => text,
    };

    private void Trim()
    {
        if (entries.Count >= EntriesMax)
        {
            entries.Remove(entries.MinBy(pair => pair.Value.At).Key);
        }
    }

    private sealed record Entry(DateTimeOffset At, Task<TileRows> Rows);
}
