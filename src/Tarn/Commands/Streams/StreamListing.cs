using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands.Streams;

/// <summary><c>tarn stream ls</c>.</summary>
internal static class StreamListing
{
    private static readonly TimeSpan MeasuredFor = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var data = CommonOptions.Data();
        var command = new Command("ls", """
            List streams with settings, what came in during one second, and how far consumers are behind.
              tarn stream ls
            """) { data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var before = await ListAsync(console, cancellation);
            var began = TimeProvider.System.GetTimestamp();
            if (before.Count > 0)
            {
                await CommandRunner.Error.Status().StartAsync(
                    "measuring for a second", _ => Task.Delay(MeasuredFor, TimeProvider.System, cancellation));
            }

            var streams = await ListAsync(console, cancellation);
            var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            CommandRunner.Output.Write(Table(streams, before, seconds));
            if (streams.Count == 0)
            {
                CommandRunner.Error.MarkupLineInterpolated(
                    $"[yellow]hint:[/] make one with 'tarn stream create NAME', or name it in lake.yaml");
            }

            return 0;
        });
        return command;
    }

    private static Table Table(List<StreamRow> streams, List<StreamRow> before, double seconds)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumns(
            "stream", "shards", "mode", "retention", "durability", "limits", "faults", "records/s", "stored",
            "consumers");
        foreach (var stream in streams)
        {
            var known = before.Find(row => row.Name == stream.Name);
            var rate = known is null ? 0 : (stream.IncomingRecords - known.IncomingRecords) / seconds;
            table.AddRow(
                Markup.Escape(stream.Name),
                stream.Shards,
                stream.Mode,
                stream.Retention,
                stream.Durability == "disk" ? "disk" : $"[yellow]{Markup.Escape(stream.Durability)}[/]",
                Markup.Escape(stream.Limits),
                stream.Faults == "none" ? "none" : $"[yellow]{Markup.Escape(stream.Faults)}[/]",
                Math.Max(0, rate).ToString("N0", CultureInfo.InvariantCulture),
                stream.Stored,
                Markup.Escape(string.Join(
                    Environment.NewLine, stream.Consumers.Select(consumer => $"{consumer.Name}: {consumer.Lag}"))));
        }

        return table;
    }

    private static async Task<List<StreamRow>> ListAsync(ConsoleClient console, CancellationToken cancellation) =>
        [.. (await console.GetAsync("/api/streams", cancellation)).EnumerateArray().Select(row => new StreamRow(row))];
}
