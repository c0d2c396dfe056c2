using System.CommandLine;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands;

/// <summary><c>tarn delivery ls|flush</c>.</summary>
internal static class DeliveryCommand
{
    public static Command Create() => new("delivery", "See and flush delivery streams.") { List(), Flush() };

    private static Command List()
    {
        var data = CommonOptions.Data();
        var command = new Command("ls", "List delivery streams with lag, last object and error.") { data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var table = new Table { Border = TableBorder.Rounded }
                .AddColumns("delivery", "stream", "records", "objects", "lag", "last object", "error");
            var answer = await console.GetAsync("/api/delivery", cancellation);
            foreach (var row in answer.EnumerateArray())
            {
                var spec = row.GetProperty("spec");
                table.AddRow(
                    Markup.Escape(spec.GetProperty("name").GetString()!),
                    Markup.Escape(spec.GetProperty("stream").GetString()!),
                    $"{row.GetProperty("records").GetInt64():N0}",
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

    private static Command Flush()
    {
        var data = CommonOptions.Data();
        var name = new Argument<string>("NAME") { Description = "the delivery stream" };
        var command = new Command(
            "flush", "Deliver everything acknowledged so far, without waiting for the batch.") { name, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var path = $"/api/delivery/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}/flush";
            var status = await CommandRunner.Error.Status().StartAsync(
                "delivering", _ => console.PostAsync(path, null, cancellation));
            Terminal.WriteLine(
                $"{status.GetProperty("records").GetInt64():N0} records "
                + $"in {status.GetProperty("objects").GetInt64():N0} objects, "
                + $"last {status.GetProperty("last_object").GetString() ?? "none"}");
            return 0;
        });
        return command;
    }
}
