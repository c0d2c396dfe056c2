using System.CommandLine;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands;

/// <summary><c>tarn view ls</c>.</summary>
internal static class ViewCommand
{
    public static Command Create() => new("view", "See materialized views over streams.") { List() };

    private static Command List()
    {
        var data = CommonOptions.Data();
        var command = new Command("ls", "List views with what they counted, their lag and why one stopped.") { data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var table = new Table { Border = TableBorder.Rounded }
                .AddColumns("view", "stream", "groups", "records", "bad", "lag", "error");
            foreach (var row in (await console.GetAsync("/api/views", cancellation)).EnumerateArray())
            {
                table.AddRow(
                    Markup.Escape(row.GetProperty("name").GetString()!),
                    Markup.Escape(row.GetProperty("stream").GetString()!),
                    $"{row.GetProperty("groups").GetInt64():N0}",
                    $"{row.GetProperty("records").GetInt64():N0}",
                    $"{row.GetProperty("bad_records").GetInt64():N0}",
                    Sizes.Duration(row.GetProperty("lag_milliseconds").GetInt64()),
                    Markup.Escape(row.GetProperty("error").GetString() ?? ""));
            }

            CommandRunner.Output.Write(table);
            return 0;
        });
        return command;
    }
}
