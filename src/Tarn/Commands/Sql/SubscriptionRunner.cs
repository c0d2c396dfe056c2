using Spectre.Console;
using Tarn.Clients;
using Tarn.Primitives.Errors;

namespace Tarn.Commands.Sql;

/// <summary><c>SUBSCRIBE TO view</c>: prints the view, then what changes, until Ctrl-C or the view is dropped.
/// </summary>
internal sealed class SubscriptionRunner(ConsoleClient console, ShellSession session)
{
    /// <summary>Judged by the first word.</summary>
    public static bool Handles(string sql)
    {
        const string Word = "SUBSCRIBE";
        var text = sql.AsSpan().TrimStart();
        return text.StartsWith(Word, StringComparison.OrdinalIgnoreCase)
            && (text.Length == Word.Length || char.IsWhiteSpace(text[Word.Length]));
    }

    public async Task RunAsync(string sql, CancellationToken cancellation)
    {
        if (session.Output == "parquet")
        {
            throw new TarnException(
                ErrorKind.Unsupported, "a subscription is not written as parquet", hint: "--output json, csv or table");
        }

        var file = session.Target is { } path ? new StreamWriter(path, append: true) : null;
        await using (file)
        {
            var rows = new SubscriptionRows();
            var printer = new SubscriptionPrinter(file ?? Terminal.Out, session.Output);
            try
            {
                var address = $"/api/subscriptions?sql={Uri.EscapeDataString(sql)}";
                await foreach (var item in console.EventsAsync(HttpMethod.Get, address, cancellation))
                {
                    if (item.Name == "end")
                    {
                        var reason = item.Data.GetProperty("reason").GetString()!;
                        CommandRunner.Error.MarkupLineInterpolated($"[dim]{reason}[/]");
                        return;
                    }

                    var changes = rows.Take(item.Name, item.Data);
                    printer.Print(rows.Columns, changes);
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // Ctrl-C is how a subscription ends.
                return;
            }
        }

        throw new TarnException(ErrorKind.Unavailable, "the server ended the subscription");
    }
}
