using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;

namespace Tarn.Commands.Streams;

/// <summary><c>tarn stream tail NAME</c>: prints records until Ctrl-C, the limit or the shard's end.</summary>
internal static class StreamTailing
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var name = StreamCommand.Name();
        var from = new Option<string>("--from")
        {
            Description = "latest, beginning, a time such as 2026-11-23T08:00:00Z, or an age such as 10m (s, m, h, d)",
            DefaultValueFactory = _ => "latest",
            HelpName = "WHERE",
        };
        var limit = new Option<long?>("--limit") { Description = "end after N records", HelpName = "N" };
        var shard = new Option<string?>("--shard") { Description = "only this shard", HelpName = "SHARD" };
        var raw = new Option<bool>("--raw") { Description = "the payloads alone, as they are, a line each" };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long?>() is < 1)
            {
                result.AddError("--limit must be at least 1");
            }
        });
        var command = new Command("tail", """
            Print records as they arrive: time, shard, partition key and payload, JSON in colour. Shards that a split or
            merge opens are followed. Ctrl-C ends it.
              tarn stream tail scores
              tarn stream tail scores --from 10m --limit 100
              tarn stream tail scores --from beginning --raw | jq .score
            """) { name, from, limit, shard, raw, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var console = ConsoleClient.Of(CommonOptions.DataDirectory(parsed, data));
            var start = TailStart.Parse(parsed.GetRequiredValue(from), TimeProvider.System);
            var path = StreamCommand.Path(parsed.GetRequiredValue(name), $"/events?from={Uri.EscapeDataString(start)}");
            if (parsed.GetValue(shard) is { } only)
            {
                path += $"&shard={Uri.EscapeDataString(only)}";
            }

            ITailPrinter printer = parsed.GetValue(raw)
                ? new RawTailPrinter(Terminal.OpenStandardOutput())
                : new TailPrinter(Terminal.Out, HasColour(CommandRunner.Output), TimeZoneInfo.Local);
            return await FollowAsync(console, path, printer, parsed.GetValue(limit) ?? long.MaxValue, cancellation);
        });
        return command;
    }

    private static async Task<int> FollowAsync(
        ConsoleClient console, string path, ITailPrinter printer, long limit, CancellationToken cancellation)
    {
        try
        {
            await foreach (var item in console.EventsAsync(HttpMethod.Get, path, cancellation))
            {
                if (item.Name == "end")
                {
                    var reason = item.Data.GetProperty("reason").GetString()!;
                    CommandRunner.Error.MarkupLineInterpolated($"[dim]{reason}[/]");
                    return 0;
                }

                foreach (var record in item.Data.EnumerateArray())
                {
                    printer.Print(record);
                    if (--limit == 0)
                    {
                        printer.Flush();
                        return 0;
                    }
                }

                printer.Flush();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how a tail ends.
            return 0;
        }

        CommandRunner.Error.MarkupLineInterpolated($"[yellow]the server ended the tail[/]");
        return CommandRunner.Failed;
    }

    private static bool HasColour(IAnsiConsole console) =>
        console.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors };
}
