using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;
using Tarn.Commands;
using Tarn.Primitives.Errors;

namespace Tarn.Demo;

/// <summary>
/// What the demo shows while it runs: a table that is redrawn on a terminal, a line every ten seconds elsewhere.
/// </summary>
internal sealed class LiveSummary(
    ServerProcess server, ConsoleClient console, ScoreProducer producer, TimeProvider time)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    /// <summary>Returns when <paramref name="producing"/> has ended; its failure is thrown.</summary>
    public async Task ShowAsync(Task producing)
    {
        if (CommandRunner.Error.Profile.Capabilities.Interactive)
        {
            await CommandRunner.Error.Live(Table(await StateAsync())).StartAsync(async live =>
            {
                while (await IsRunningAsync(producing, Redraw))
                {
                    live.UpdateTarget(Table(await StateAsync()));
                }
            });
        }
        else
        {
            while (await IsRunningAsync(producing, PlainInterval))
            {
                CommandRunner.Error.WriteLine(
                    string.Join("  ", (await StateAsync()).Select(row => $"{row.Name} {row.Value}")));
            }
        }

        await producing;
    }

    private async Task<bool> IsRunningAsync(Task producing, TimeSpan wait)
    {
        await Task.WhenAny(producing, Task.Delay(wait, time));
        return !producing.IsCompleted;
    }

    private async Task<IReadOnlyList<(string Name, string Value)>> StateAsync()
    {
        var rows = new List<(string, string)> { ("acknowledged", $"{producer.Acknowledged:N0}") };
        try
        {
            var view = await console.GetAsync("/api/views/games_per_user", CancellationToken.None);
            rows.Add(("counted live", $"{Number(view, "records"):N0} of {Number(view, "groups")} users"));
            var deliveries = await console.GetAsync("/api/delivery", CancellationToken.None);
            foreach (var delivery in deliveries.EnumerateArray())
            {
                rows.Add(("delivered", $"{Number(delivery, "records"):N0} in {Number(delivery, "objects")} objects"));
                rows.Add(("delivery lag", Sizes.Duration(Number(delivery, "lag_milliseconds"))));
                if (delivery.GetProperty("last_object") is { ValueKind: JsonValueKind.String } last)
                {
                    rows.Add(("last object", last.GetString()!));
                }
            }
        }
        catch (TarnException error) when (error.Kind == ErrorKind.Unavailable)
        {
            rows.Add(("server", "not answering"));
        }

        if (server.Restarts > 0)
        {
            rows.Add(("server restarts", $"{server.Restarts}"));
        }

        return rows;
    }

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static Table Table(IReadOnlyList<(string Name, string Value)> rows)
    {
        var table = new Table { Border = TableBorder.Rounded, ShowHeaders = false }.AddColumns("", "");
        foreach (var (name, value) in rows)
        {
            table.AddRow(new Markup($"[dim]{Markup.Escape(name)}[/]"), new Markup(Markup.Escape(value)));
        }

        return table;
    }
}
