using System.Runtime.CompilerServices;
using System.Text.Json;
using Tarn.Primitives.Errors;

namespace Tarn.Clients;

/// <summary>Runs SQL through the console's API: start, wait with progress, page the rows.</summary>
internal sealed class SqlClient(ConsoleClient console)
{
    private const int WaitMilliseconds = 500;
    private const int PageRowsMax = 1000;

    /// <summary>
    /// Starts a statement. The answer has a text when the server ran it at once, else the id of an execution.
    /// </summary>
    public async Task<SqlStart> StartAsync(
        string sql, string database, string workgroup, CancellationToken cancellation)
    {
        var answer = await console.PostAsync("/api/sql", new { sql, database, workgroup }, cancellation);
        if (answer.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
        {
            return new SqlStart(text.GetString(), "", null);
        }

        return new SqlStart(null, answer.GetProperty("id").GetString()!, Bytes(answer, "estimate"));
    }

    /// <summary>Waits for the end; a cancelled wait stops the query on the server.</summary>
    /// <exception cref="TarnException">With the query's own code and reason when it failed.</exception>
    public async Task<SqlOutcome> WaitAsync(string id, Action<double?> progress, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var state = await console.GetAsync($"/api/sql/{id}?wait_ms={WaitMilliseconds}", cancellation);
                switch (state.GetProperty("state").GetString())
                {
                    case "succeeded":
                        return new SqlOutcome(
                            id,
                            state.GetProperty("row_count").GetInt64(),
                            state.GetProperty("update_count") is { ValueKind: JsonValueKind.Number } count
                                ? count.GetInt64()
                                : null,
                            state.GetProperty("scanned_bytes").GetInt64(),
                            state.GetProperty("athena_price_usd").GetDecimal(),
                            state.GetProperty("engine_milliseconds").GetInt64(),
                            IsText(state));
                    case "failed" or "cancelled":
                        throw Failure(state);
                    default:
                        progress(state.TryGetProperty("progress", out var done)
                            && done.ValueKind == JsonValueKind.Number
                            ? done.GetDouble()
                            : null);
                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            await console.DeleteAsync($"/api/sql/{id}", CancellationToken.None);
            throw;
        }
    }

    /// <summary>A page of rows from <paramref name="first"/> on.</summary>
    public async Task<SqlPage> PageAsync(string id, long first, CancellationToken cancellation)
    {
        var page = await console.GetAsync($"/api/sql/{id}/rows?first={first}&max={PageRowsMax}", cancellation);
        var columns = page.GetProperty("columns").EnumerateArray()
            .Select(column => new SqlColumn(
                column.GetProperty("name").GetString()!,
                column.GetProperty("type").GetString()!,
                column.GetProperty("precision").GetInt32(),
                column.GetProperty("scale").GetInt32()));
        var rows = page.GetProperty("rows").EnumerateArray()
            .Select(row => (IReadOnlyList<string?>)[.. row.EnumerateArray().Select(cell => cell.GetString())]);
        var next = page.GetProperty("next_row");
        return new SqlPage([.. columns], [.. rows], next.ValueKind == JsonValueKind.Number ? next.GetInt64() : null);
    }

    /// <summary>The result page by page, at least one.</summary>
    public async IAsyncEnumerable<SqlPage> PagesAsync(
        string id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long? row = 0; row is not null;)
        {
            var page = await PageAsync(id, row.Value, cancellation);
            yield return page;
            row = page.NextRow;
        }
    }

    /// <summary>Everything that SQL can name, by database and name.</summary>
    public async Task<IReadOnlyList<SqlTable>> SchemaAsync(CancellationToken cancellation)
    {
        var found = new List<SqlTable>();
        var databases = await console.GetAsync("/api/catalog", cancellation);
        foreach (var database in databases.EnumerateArray())
        {
            var name = database.GetProperty("name").GetString()!;
            var tables = database.GetProperty("tables").EnumerateArray().Select(table => new SqlTable(
                name,
                table.GetProperty("name").GetString()!,
                table.GetProperty("type").GetString() ?? "",
                [
                    .. table.GetProperty("columns").EnumerateArray().Select(column => new SqlTableColumn(
                        column.GetProperty("name").GetString()!,
                        column.GetProperty("type").GetString()!,
                        column.GetProperty("is_partition").GetBoolean(),
                        column.GetProperty("comment").GetString() ?? "")),
                ]));
            found.AddRange(tables.DefaultIfEmpty(new SqlTable(name, "", "", [])));
        }

        return found;
    }

    /// <summary>
    /// Runs a query that gives one row, such as a count, and returns its values with the bytes it read.
    /// </summary>
    public async Task<(IReadOnlyList<string?> Row, long ScannedBytes)> OneRowAsync(
        string sql, CancellationToken cancellation)
    {
        var start = await StartAsync(sql, "default", "primary", cancellation);
        var outcome = await WaitAsync(start.Id, _ => { }, cancellation);
        var page = await PageAsync(start.Id, 0, cancellation);
        return (page.Rows[0], outcome.ScannedBytes);
    }

    private static bool IsText(JsonElement state) =>
        state.GetProperty("result_location").GetString()?.EndsWith(".txt", StringComparison.Ordinal) == true;

    private static long? Bytes(JsonElement element, string name) =>
        element.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object
            ? found.GetProperty("bytes").GetInt64()
            : null;

    private static TarnException Failure(JsonElement state)
    {
        if (state.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            var hint = error.TryGetProperty("hint", out var text) ? text.GetString() : null;
            return new TarnException(ErrorKind.Invalid, error.GetProperty("message").GetString()!, hint: hint)
            {
                Code = error.GetProperty("code").GetString(),
            };
        }

        return new TarnException(ErrorKind.Invalid, "the query was " + state.GetProperty("state").GetString());
    }
}
