using System.CommandLine;
using Tarn.Clients;
using Tarn.Commands.Sql;
using Tarn.Primitives.Errors;

namespace Tarn.Commands;

/// <summary>
/// <c>tarn sql</c>: runs statements on the server and prints their rows; without a statement a shell, or what standard
/// input has when that is no terminal.
/// </summary>
internal static class SqlCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var sql = new Argument<string?>("SQL")
        {
            Description = "a statement, or - to read statements from standard input",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var texts = new Option<string[]>("-c", "--command") { Description = "run these statements", HelpName = "SQL" };
        var files = new Option<string[]>("-f", "--file") { Description = "run a file's statements", HelpName = "FILE" };
        var target = new Option<string?>("-o", "--to") { Description = "write results to a file", HelpName = "FILE" };
        var database = new Option<string>("--database")
        {
            Description = "database of unqualified names", DefaultValueFactory = _ => "default", HelpName = "NAME",
        };
        var workgroup = new Option<string>("--workgroup")
        {
            Description = "workgroup whose limits apply", DefaultValueFactory = _ => "primary", HelpName = "NAME",
        };
        var output = new Option<string>("--output", "--format")
        {
            Description = "table, csv, json (one object a line) or parquet",
            DefaultValueFactory = _ => "table",
            HelpName = "FORM",
        };
        output.AcceptOnlyFromAmong(ResultPrinter.Forms);
        var command = new Command("sql", """
            Run SQL over the lake's tables and live views. The bytes to be scanned are shown before, those read and
            their price after. Without a statement it is a shell: history, completion, \? for its commands.
              tarn sql
              tarn sql "SELECT user_id, games FROM games_per_user ORDER BY games DESC LIMIT 5"
              tarn sql --workgroup thrifty -c "SELECT count(*) FROM raw.scores"
              tarn sql -f report.sql --output csv > report.csv
              tarn sql --output json -c "SUBSCRIBE TO games_per_user"
            Ends with 0, or with 1 at the first statement that fails, or with 130 at Ctrl-C.
            """) { sql, texts, files, target, database, workgroup, output, data };
        command.Runs((parsed, cancellation) => RunAsync(
            CommonOptions.DataDirectory(parsed, data),
            new ShellSession
            {
                Database = parsed.GetRequiredValue(database),
                Workgroup = parsed.GetRequiredValue(workgroup),
                Output = parsed.GetRequiredValue(output),
                Target = parsed.GetValue(target),
            },
            Texts(parsed.GetValue(sql), parsed.GetValue(texts), parsed.GetValue(files)),
            isPiped: parsed.GetValue(sql) == "-",
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string dataDirectory,
        ShellSession session,
        IReadOnlyList<string> given,
        bool isPiped,
        CancellationToken cancellation)
    {
        using var console = ConsoleClient.Of(dataDirectory);
        var client = new SqlClient(console);
        var completion = new Completion();
        var commands = new ShellCommands(client, session, completion);
        var shell = new SqlShell(
            new StatementRunner(client, new SubscriptionRunner(console, session), session), commands, session);
        foreach (var text in given)
        {
            await shell.RunAsync(text, cancellation);
        }

        if (given.Count > 0)
        {
            return 0;
        }

        if (isPiped || Terminal.IsInputRedirected || Terminal.IsOutputRedirected)
        {
            await shell.RunAsync(Terminal.In, cancellation);
            return 0;
        }

        var history = LineHistory.Load(HistoryPath());
        var editor = new LineEditor(
            () => Terminal.ReadKey(intercept: true), Terminal.Out, () => Terminal.WindowWidth, history, completion);
        return await shell.TalkAsync(editor, history, cancellation);
    }

    /// <summary>What the command line has to be run, in the order argument, texts, files.</summary>
    private static IReadOnlyList<string> Texts(string? sql, string[]? texts, string[]? files) =>
    [
        .. sql is null or "-" ? [] : new[] { sql },
        .. texts ?? [],
        .. (files ?? []).Select(path =>
        {
            try
            {
                return File.ReadAllText(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new TarnException(ErrorKind.Invalid, $"'{path}' was not read", error.Message, cause: error);
            }
        }),
    ];

    /// <summary>$XDG_STATE_HOME/tarn/sql_history, else below ~/.local/state; null without a home.</summary>
    private static string? HistoryPath()
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var folder = !string.IsNullOrEmpty(state) ? state
            : home.Length > 0 ? Path.Combine(home, ".local", "state")
            : null;
        return folder is null ? null : Path.Combine(folder, "tarn", "sql_history");
    }
}
