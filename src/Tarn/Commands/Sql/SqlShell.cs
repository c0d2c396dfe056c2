using Spectre.Console;
using Tarn.Primitives.Errors;

namespace Tarn.Commands.Sql;

/// <summary>
/// Reads statements from a person or a pipe and runs each as its semicolon comes. Ctrl-C cancels the statement that
/// runs, or drops the line that is written; Ctrl-D leaves.
/// </summary>
internal sealed class SqlShell(StatementRunner runner, ShellCommands commands, ShellSession session)
{
    private readonly StatementBuffer buffer = new();

    /// <summary>At a terminal: errors are told and the shell goes on. Leaves with 0.</summary>
    public async Task<int> TalkAsync(LineEditor editor, LineHistory history, CancellationToken cancellation)
    {
        CommandRunner.Error.MarkupLine("[dim]end a statement with ;  \\? lists commands, \\q leaves[/]");
        var typed = "";
        await TryAsync(commands.LearnAsync, cancellation);
        while (true)
        {
            if (!TryRead(editor, out var line))
            {
                buffer.TakeRest();
                typed = "";
                continue;
            }

            if (line is null)
            {
                return 0;
            }

            if (!buffer.HasBegun && ShellCommands.IsCommand(line))
            {
                history.Add(line.Trim());
                var stays = true;
                await TryAsync(async token => stays = await commands.RunAsync(line.Trim(), token), cancellation);
                if (!stays)
                {
                    return 0;
                }

                continue;
            }

            typed += line + "\n";
            var statements = buffer.Add(line + "\n");
            foreach (var statement in statements)
            {
                await TryAsync(token => runner.RunAsync(statement, token), cancellation);
            }

            if (!buffer.HasBegun)
            {
                history.Add(typed.Trim());
                typed = "";
            }

            if (statements.Any(ChangesNames))
            {
                await TryAsync(commands.LearnAsync, cancellation);
            }
        }
    }

    /// <summary>A line, null at the end; false when Ctrl-C dropped it.</summary>
    private bool TryRead(LineEditor editor, out string? line)
    {
        Terminal.TreatControlCAsInput = true;
        try
        {
            line = editor.Read(buffer.HasBegun ? $"{session.Database}-> " : $"{session.Database}=> ");
            return true;
        }
        catch (OperationCanceledException)
        {
            line = null;
            return false;
        }
        finally
        {
            Terminal.TreatControlCAsInput = false;
        }
    }

    /// <summary>From a file or a pipe: stops at the first error, which is thrown.</summary>
    public async Task RunAsync(TextReader reader, CancellationToken cancellation)
    {
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (!buffer.HasBegun && ShellCommands.IsCommand(line))
            {
                if (!await commands.RunAsync(line.Trim(), cancellation))
                {
                    return;
                }

                continue;
            }

            await RunAsync(buffer.Add(line + "\n"), cancellation);
        }

        await RunAsync(buffer.TakeRest(), cancellation);
    }

    /// <summary>Statements of one text, the last with or without its semicolon.</summary>
    public async Task RunAsync(string text, CancellationToken cancellation)
    {
        using var reader = new StringReader(text);
        await RunAsync(reader, cancellation);
    }

    private async Task RunAsync(IReadOnlyList<string> statements, CancellationToken cancellation)
    {
        foreach (var statement in statements)
        {
            await runner.RunAsync(statement, cancellation);
        }
    }

    private static bool ChangesNames(string statement) =>
        statement.StartsWith("CREATE", StringComparison.OrdinalIgnoreCase)
        || statement.StartsWith("DROP", StringComparison.OrdinalIgnoreCase)
        || statement.StartsWith("ALTER", StringComparison.OrdinalIgnoreCase);

    /// <summary>Runs something that Ctrl-C cancels without ending the shell, and tells its error.</summary>
    private static async Task TryAsync(Func<CancellationToken, Task> run, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var taken = CommandRunner.TakeInterrupts(stop.Cancel);
        try
        {
            await run(stop.Token);
        }
        catch (TarnException error)
        {
            CommandRunner.Show(error);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            CommandRunner.Error.MarkupLine("[yellow]cancelled[/]");
        }
    }
}
