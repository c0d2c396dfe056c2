using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands.Queries;

/// <summary><c>tarn query ls</c>.</summary>
internal static class QueryListing
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var command = new Command("ls", "List queries: state, records/s, lag, bad records, groups and bytes.") { data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var table = new Table { Border = TableBorder.Rounded }
                .AddColumns("query", "database", "state", "records/s", "records", "lag", "watermark", "late", "bad",
                    "groups", "bytes");
            foreach (var row in (await console.GetAsync("/api/views", cancellation)).EnumerateArray())
            {
                table.AddRow([.. Cells(row).Select(Markup.Escape)]);
            }

            CommandRunner.Output.Write(table);
            await ListSinksAsync(console, cancellation);
            return 0;
        });
        return command;
    }

    private static async Task ListSinksAsync(ConsoleClient console, CancellationToken cancellation)
    {
        var sinks = (await console.GetAsync("/api/sinks", cancellation)).EnumerateArray().ToList();
        if (sinks.Count == 0)
        {
            return;
        }

        var table = new Table { Border = TableBorder.Rounded }
            .AddColumns("sink", "view", "target", "state", "epoch", "records out", "lag");
        foreach (var row in sinks)
        {
            string[] cells =
            [
                row.GetProperty("name").GetString()!,
                row.GetProperty("view").GetString()!,
                row.GetProperty("target").GetString()!,
                row.GetProperty("phase").GetString()!.Replace('_', ' '),
                Count(row, "epoch"),
                Count(row, "records_out"),
                Sizes.Duration(row.GetProperty("lag_milliseconds").GetInt64()),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        CommandRunner.Output.Write(table);
    }

    /// <summary>What is known of a view, in the columns' order.</summary>
    internal static IReadOnlyList<string> Cells(JsonElement row) =>
    [
        row.GetProperty("name").GetString()!,
        row.GetProperty("database").GetString()!,
        row.GetProperty("state").GetString()!,
        row.GetProperty("records_per_second").GetDouble().ToString("N0", CultureInfo.InvariantCulture),
        Count(row, "records"),
        row.GetProperty("phase").GetString() is "paused" or "failed"
            ? "-"
            : Sizes.Duration(row.GetProperty("lag_milliseconds").GetInt64()),
        row.TryGetProperty("watermark", out var watermark) ? watermark.GetString() ?? "-" : "-",
        Count(row, "late_records"),
        Count(row, "bad_records"),
        Count(row, "groups"),
        row.TryGetProperty("state_bytes", out var bytes) ? Sizes.Bytes(bytes.GetInt64()) : "-",
    ];

    private static string Count(JsonElement row, string name) => row.TryGetProperty(name, out var count)
        ? count.GetInt64().ToString("N0", CultureInfo.InvariantCulture)
        : "-";
}
