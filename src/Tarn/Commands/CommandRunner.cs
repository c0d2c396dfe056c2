using System.CommandLine;
using Spectre.Console;
using Tarn.Primitives.Errors;

namespace Tarn.Commands;

/// <summary>
/// Runs a command's action; a user's error is shown as message, detail and hint on standard error, exit code 1.
/// </summary>
internal static class CommandRunner
{
    public const int Failed = 1;
    private const int Interrupted = 130;

    /// <summary>Wide enough that nothing is wrapped where the output goes to a file or a pipe.</summary>
    private const int UnwrappedWidth = 10_000;

    /// <summary>Standard output for tables.</summary>
    public static IAnsiConsole Output { get; } = Open(Terminal.Out, Terminal.IsOutputRedirected);

    /// <summary>Standard error for progress, hints and errors.</summary>
    public static IAnsiConsole Error { get; } = Open(Terminal.Error, Terminal.IsErrorRedirected);

    public static void Runs(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return await action(parsed, cancellation);
            }
            catch (TarnException error)
            {
                Show(error);
                return Failed;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return Interrupted;
            }
        });

    private static IAnsiConsole Open(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (isRedirected)
        {
            console.Profile.Width = UnwrappedWidth;
        }

        return console;
    }

    private static void Show(TarnException error)
    {
        Error.MarkupLineInterpolated($"[red]error:[/] {error.Message}");
        if (error.Detail is not null)
        {
            Error.WriteLine(error.Detail);
        }

        if (error.Hint is not null)
        {
            Error.MarkupLineInterpolated($"[yellow]hint:[/] {error.Hint}");
        }
    }
}
