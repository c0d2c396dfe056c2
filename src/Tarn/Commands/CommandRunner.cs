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

    public static IAnsiConsole Error { get; } = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Terminal.Error),
    });

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
