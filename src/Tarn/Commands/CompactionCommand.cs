using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands;

/// <summary><c>tarn compaction ls|run</c>.</summary>
internal static class CompactionCommand
{
    public static Command Create() =>
        new("compaction", "See and run the merging of tables' small objects.") { List(), Run() };

    private static Command List()
    {
        var data = CommonOptions.Data();
        var command = new Command("ls", "List tables with compaction, what it did, and errors.") { data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var table = new Table { Border = TableBorder.Rounded }
                .AddColumns("table", "target", "objects", "in grace", "left alone", "under way", "last", "error");
            foreach (var row in (await console.GetAsync("/api/compaction", cancellation)).EnumerateArray())
            {
                table.AddRow(
                    Markup.Escape(row.GetProperty("table").GetString()!),
                    row.GetProperty("target_bytes") is { ValueKind: JsonValueKind.Number } target
                        ? Sizes.Bytes(target.GetInt64())
                        : "off",
                    Done(row),
                    $"{row.GetProperty("objects_in_grace").GetInt64():N0}",
                    $"{row.GetProperty("objects_left_alone").GetInt64():N0}",
                    UnderWay(row),
                    Markup.Escape(row.GetProperty("last_at").GetString() ?? "never"),
                    Markup.Escape(row.GetProperty("error").GetString() ?? ""));
            }

            CommandRunner.Output.Write(table);
            return 0;
        });
        return command;
    }

    private static Command Run()
    {
        var data = CommonOptions.Data();
        var name = new Argument<string>("TABLE") { Description = "database.table" };
        var command = new Command("run", "Look at all of a table's folders now, and wait for the end.") { name, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var path = $"/api/compaction/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}/run";
            var row = await CommandRunner.Error.Status().StartAsync(
                "compacting", _ => console.PostAsync(path, null, cancellation));
            var error = row.GetProperty("error").GetString();
            Terminal.WriteLine(error is null ? Done(row) : $"{Done(row)}; {error}");
            return error is null ? 0 : CommandRunner.Failed;
        });
        return command;
    }

    private static string Done(JsonElement row) =>
        $"{row.GetProperty("objects_in").GetInt64():N0} ({Sizes.Bytes(row.GetProperty("bytes_in").GetInt64())}) became "
        + $"{row.GetProperty("objects_out").GetInt64():N0} ({Sizes.Bytes(row.GetProperty("bytes_out").GetInt64())})";

    private static string UnderWay(JsonElement row) => row.GetProperty("bytes_under_way").GetInt64() is > 0 and var all
        ? $"{Sizes.Bytes(row.GetProperty("bytes_done").GetInt64())} of {Sizes.Bytes(all)}"
        : "";
}
