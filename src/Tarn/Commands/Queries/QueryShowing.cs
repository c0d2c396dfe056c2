using System.CommandLine;
using System.Text.Json;
using Tarn.Clients;

namespace Tarn.Commands.Queries;

/// <summary><c>tarn query show NAME</c>: the statement, the plan, what was counted and why it stopped.</summary>
internal static class QueryShowing
{
    private static readonly string[] Heads =
    [
        "query", "database", "state", "records/s", "records", "lag", "watermark", "late", "bad", "groups", "bytes",
    ];

    public static Command Create()
    {
        var data = CommonOptions.Data();
        var name = QueryCommand.Name();
        var format = new Option<string>("--format")
        {
            Description = "text, or json: one object", DefaultValueFactory = _ => "text", HelpName = "FORM",
        };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("show", "Show a query's SQL, plan, options, figures and error.")
        {
            name, format, data,
        };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var view = parsed.GetRequiredValue(name);
            var row = await console.GetAsync(QueryCommand.Path(view), cancellation);
            var plan = await console.GetAsync(QueryCommand.Path(view, "/plan"), cancellation);
            if (parsed.GetRequiredValue(format) == "json")
            {
                var details = await console.GetAsync(QueryCommand.Path(view, "/details"), cancellation);
                Terminal.WriteLine(QueryJson.Of(row, plan, details));
                return 0;
            }

            foreach (var (head, cell) in Heads.Zip(QueryListing.Cells(row)))
            {
                Terminal.WriteLine($"{head.PadRight(10)} {TerminalText.Safe(cell)}");
            }

            if (row.GetProperty("backfill") is { ValueKind: JsonValueKind.Object } backfill)
            {
                Terminal.WriteLine($"{"replacing",-10} {QueryBackfilling.Progress(backfill)}");
                if (backfill.GetProperty("error").GetString() is { } reason)
                {
                    Terminal.WriteLine($"{"failed",-10} {reason}");
                }
            }

            if (row.GetProperty("error").GetString() is { } error)
            {
                Terminal.WriteLine($"{"error",-10} {error}");
            }

            Terminal.WriteLine("");
            Terminal.WriteLine(row.GetProperty("sql").GetString()!);
            Terminal.WriteLine("");
            foreach (var line in plan.GetProperty("lines").EnumerateArray())
            {
                Terminal.WriteLine(line.GetString()!);
            }

            return 0;
        });
        return command;
    }
}
