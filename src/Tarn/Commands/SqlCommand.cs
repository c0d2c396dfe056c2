using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;
using Tarn.Primitives.Errors;

namespace Tarn.Commands;

/// <summary><c>tarn sql "SELECT ..."</c>: runs a statement on the server and prints its rows.</summary>
internal static class SqlCommand
{
    private static readonly string[] Formats = ["table", "csv", "json"];

    public static Command Create()
    {
        var data = CommonOptions.Data();
        var sql = new Argument<string>("SQL") { Description = "the statement, or - to read it from standard input" };
        var database = new Option<string>("--database")
        {
            Description = "database of unqualified names", DefaultValueFactory = _ => "default", HelpName = "NAME",
        };
        var workgroup = new Option<string>("--workgroup")
        {
            Description = "workgroup whose limits apply", DefaultValueFactory = _ => "primary", HelpName = "NAME",
        };
        var format = new Option<string>("--format")
        {
            Description = "table, csv or json (one object a line)",
            DefaultValueFactory = _ => "table",
            HelpName = "FORMAT",
        };
        format.AcceptOnlyFromAmong(Formats);
        var command = new Command("sql", """
            Run SQL over the lake's tables and live views. The bytes to be scanned are shown before, those read after.
              tarn sql "SELECT user_id, games FROM games_per_user ORDER BY games DESC LIMIT 5"
              tarn sql --workgroup thrifty "SELECT count(*) FROM raw.scores"
            """) { sql, database, workgroup, format, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var text = parsed.GetRequiredValue(sql);
            var client = new SqlClient(console);
            var start = await client.StartAsync(
                text == "-" ? await Terminal.In.ReadToEndAsync(cancellation) : text,
                parsed.GetRequiredValue(database),
                parsed.GetRequiredValue(workgroup),
                cancellation);
            if (start.Text is not null)
            {
                Terminal.WriteLine(start.Text);
                return 0;
            }

            var outcome = await WaitAsync(client, start, cancellation);
            await PrintAsync(client, outcome, parsed.GetRequiredValue(format), cancellation);
            var scanned = Sizes.Bytes(outcome.ScannedBytes);
            CommandRunner.Error.MarkupLineInterpolated(
                $"[dim]{outcome.RowCount:N0} rows, scanned {scanned} in {outcome.Milliseconds:N0} ms[/]");
            return 0;
        });
        return command;
    }

    private static async Task<SqlOutcome> WaitAsync(SqlClient client, SqlStart start, CancellationToken cancellation)
    {
        if (start.EstimateBytes is { } bytes)
        {
            CommandRunner.Error.MarkupLineInterpolated($"[dim]to scan: {Sizes.Bytes(bytes)}[/]");
        }

        SqlOutcome? outcome = null;
        await CommandRunner.Error.Status().StartAsync("running", async status =>
            outcome = await client.WaitAsync(
                start.Id,
                done => status.Status(done is { } share ? $"running, {share:P0}" : "running"),
                cancellation));
        return outcome ?? throw new TarnException(ErrorKind.Unavailable, "the query ended without an outcome");
    }

    private static async Task PrintAsync(
        SqlClient client, SqlOutcome outcome, string format, CancellationToken cancellation)
    {
        if (format == "table")
        {
            var shown = await client.PageAsync(outcome.Id, 0, cancellation);
            CommandRunner.Output.Write(Table(shown));
            if (shown.NextRow is { } cut)
            {
                CommandRunner.Error.MarkupLineInterpolated(
                    $"[yellow]the first {cut:N0} of {outcome.RowCount:N0} rows; --format csv prints all[/]");
            }

            return;
        }

        var isFirst = true;
        for (long? row = 0; row is not null;)
        {
            var page = await client.PageAsync(outcome.Id, row.Value, cancellation);
            if (isFirst && format == "csv")
            {
                Terminal.WriteLine(string.Join(',', page.Columns.Select(column => Csv(column.Name))));
            }

            foreach (var values in page.Rows)
            {
                Terminal.WriteLine(
                    format == "csv" ? string.Join(',', values.Select(Csv)) : JsonLine(page.Columns, values));
            }

            isFirst = false;
            row = page.NextRow;
        }
    }

    private static Table Table(SqlPage page)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in page.Columns)
        {
            var shown = new TableColumn(Markup.Escape(column.Name));
            table.AddColumn(
                column.Type is "bigint" or "integer" or "double" or "decimal" ? shown.RightAligned() : shown);
        }

        foreach (var row in page.Rows)
        {
            table.AddRow([.. row.Select(value => new Markup(value is null ? "[dim]NULL[/]" : Markup.Escape(value)))]);
        }

        return table;
    }

    private static string Csv(string? value) =>
        value is null ? "" : "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string JsonLine(IReadOnlyList<SqlColumn> columns, IReadOnlyList<string?> values) =>
        JsonSerializer.Serialize(columns.Zip(values).ToDictionary(cell => cell.First.Name, cell => cell.Second));
}
