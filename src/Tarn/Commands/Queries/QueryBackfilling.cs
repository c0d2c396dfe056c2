using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;
using Tarn.Primitives.Errors;

namespace Tarn.Commands.Queries;

/// <summary><c>tarn query backfill NAME</c>: counts anew from the stream's retention, and waits for the swap.</summary>
internal static class QueryBackfilling
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var data = CommonOptions.Data();
        var name = QueryCommand.Name();
        var command = new Command("backfill", """
            Count a query anew from the oldest record that its stream keeps, beside the one that is read, and put it in
            its place in one step when it has caught up. Ctrl-C stops waiting; the server goes on.
            """) { name, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var view = parsed.GetRequiredValue(name);
            var row = await console.PostAsync(QueryCommand.Path(view, "/backfill"), null, cancellation);
            await CommandRunner.Error.Status().StartAsync("counting anew", async status =>
            {
                while (Told(row) is { } told)
                {
                    status.Status(told);
                    await Task.Delay(Pause, TimeProvider.System, cancellation);
                    row = await console.GetAsync(QueryCommand.Path(view), cancellation);
                }
            });
            Terminal.WriteLine($"{view} is swapped in, {row.GetProperty("records").GetInt64():N0} records counted");
            return 0;
        });
        return command;
    }

    /// <summary>What to show while it goes on; null: it has ended. Throws what ended it early.</summary>
    private static string? Told(JsonElement row)
    {
        var backfill = row.GetProperty("backfill");
        if (backfill.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return backfill.GetProperty("error").GetString() is { } error
            ? throw new TarnException(ErrorKind.Unavailable, "the backfill has stopped", error)
            : $"counting anew, {Progress(backfill)}";
    }

    /// <summary>How far a new version is, in words.</summary>
    internal static string Progress(JsonElement backfill)
    {
        var told = string.Create(
            CultureInfo.InvariantCulture,
            $"{backfill.GetProperty("percent").GetInt32()} %, {backfill.GetProperty("records_done").GetInt64():N0} of "
                + $"{backfill.GetProperty("records_in_all").GetInt64():N0} records, "
                + $"{backfill.GetProperty("records_per_second").GetDouble():N0}/s");
        var remaining = backfill.GetProperty("remaining_milliseconds");
        return remaining.ValueKind == JsonValueKind.Number
            ? $"{told}, {Sizes.Duration(remaining.GetInt64())} to go" : told;
    }
}
