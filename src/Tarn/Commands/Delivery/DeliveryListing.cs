using System.CommandLine;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands.Delivery;

/// <summary><c>tarn delivery ls</c>.</summary>
internal static class DeliveryListing
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var json = DeliveryCommand.Json();
        var command = new Command("ls", "List delivery streams with lag, last object and error.") { data, json };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var answer = await console.GetAsync("/api/delivery", cancellation);
            if (parsed.GetValue(json))
            {
                Terminal.WriteLine(answer.GetRawText());
                return 0;
            }

            var table = new Table { Border = TableBorder.Rounded }.AddColumns(
                "delivery", "from", "to", "records", "failed", "objects", "lag", "last object", "error");
            foreach (var row in answer.EnumerateArray())
            {
                table.AddRow(
                    Markup.Escape(row.GetProperty("spec").GetProperty("name").GetString()!),
                    Markup.Escape(DeliveryCommand.Source(row)),
                    Markup.Escape(DeliveryCommand.Target(row)),
                    $"{row.GetProperty("records").GetInt64():N0}",
                    $"{row.GetProperty("bad_records").GetInt64():N0}",
                    $"{row.GetProperty("objects").GetInt64():N0}",
                    Sizes.Duration(row.GetProperty("lag_milliseconds").GetInt64()),
                    Markup.Escape(row.GetProperty("last_object").GetString() ?? "none yet"),
                    Markup.Escape(row.GetProperty("last_error").GetString() ?? ""));
            }

            CommandRunner.Output.Write(table);
            return 0;
        });
        return command;
    }
}
