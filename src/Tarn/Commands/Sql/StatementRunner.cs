using System.Globalization;
using Spectre.Console;
using Tarn.Clients;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;

namespace Tarn.Commands.Sql;

/// <summary>
/// Runs one statement: tells what it will scan, waits with progress, prints its rows, tells bytes, price and time. Rows
/// go to standard output or the session's file, all else to standard error.
/// </summary>
internal sealed class StatementRunner(SqlClient client, SubscriptionRunner subscriptions, ShellSession session)
{
    /// <summary>Cancelling stops the statement on the server.</summary>
    /// <exception cref="TarnException">With the statement's own reason when it fails.</exception>
    public async Task RunAsync(string sql, CancellationToken cancellation)
    {
        if (SubscriptionRunner.Handles(sql))
        {
            await subscriptions.RunAsync(sql, cancellation);
            return;
        }

        try
        {
            await RunStatementAsync(sql, cancellation);
        }
        catch (TarnException failure) when (
            failure.Detail is null && SourceLine.Find(sql, failure.Message) is { } line)
        {
            var shown = "  " + line.Text.Replace("\n", "\n  ", StringComparison.Ordinal);
            throw new TarnException(failure.Kind, failure.Message, shown, failure.Hint, failure)
            {
                Code = failure.Code,
            };
        }
    }

    private async Task RunStatementAsync(string sql, CancellationToken cancellation)
    {
        var start = await client.StartAsync(sql, session.Database, session.Workgroup, cancellation);
        if (start.Text is not null)
        {
            Terminal.WriteLine(start.Text);
            return;
        }

        if (start.EstimateBytes is { } bytes)
        {
            CommandRunner.Error.MarkupLineInterpolated($"[dim]to scan: {Sizes.Bytes(bytes)}[/]");
        }

        var outcome = await WaitAsync(start.Id, cancellation);
        await ResultPrinter.PrintAsync(client, outcome, session, cancellation);
        CommandRunner.Error.MarkupLineInterpolated($"[dim]{Told(outcome, session.IsTiming)}[/]");
    }

    /// <summary>
    /// Such as <c>12 rows, scanned 1.2 MB, $0.00005 on Athena, in 35 ms</c>; <c>done, in 5 ms</c> of a statement that
    /// scans nothing and has no rows to speak of.
    /// </summary>
    internal static string Told(SqlOutcome outcome, bool isTiming)
    {
        List<string> told =
        [
            outcome switch
            {
                { UpdateCount: { } written } => $"{Rows(written)} written",
                { IsText: true } => "done",
                _ => Rows(outcome.RowCount),
            },
        ];
        if (!outcome.IsText || outcome.ScannedBytes > 0)
        {
            var price = outcome.PriceUsd.ToString("0.#######", CultureInfo.InvariantCulture);
            told.Add($"scanned {Sizes.Bytes(outcome.ScannedBytes)}");
            told.Add($"${price} on Athena");
        }

        if (isTiming)
        {
            told.Add(string.Create(CultureInfo.InvariantCulture, $"in {outcome.Milliseconds:N0} ms"));
        }

        return string.Join(", ", told);
    }

    private static string Rows(long count) =>
        count == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} rows");

    private async Task<SqlOutcome> WaitAsync(string id, CancellationToken cancellation)
    {
        if (Terminal.IsErrorRedirected)
        {
            return await client.WaitAsync(id, _ => { }, cancellation);
        }

        SqlOutcome? outcome = null;
        await CommandRunner.Error.Status().StartAsync("running", async status =>
            outcome = await client.WaitAsync(
                id,
                done => status.Status(done is { } share ? $"running, {share:P0}" : "running"),
                cancellation));
        return outcome ?? throw new TarnException(ErrorKind.Unavailable, "the query ended without an outcome");
    }
}
