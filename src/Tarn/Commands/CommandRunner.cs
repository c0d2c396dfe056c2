using System.CommandLine;
using System.Runtime.InteropServices;
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
    public const int UnwrappedWidth = 10_000;

    private static readonly CancellationTokenSource Interrupt = new();
    private static PosixSignalRegistration? controlC;
    private static Action? taken;

    /// <summary>Standard output for tables.</summary>
    public static IAnsiConsole Output { get; } = Open(Terminal.Out, Terminal.IsOutputRedirected);

    /// <summary>Standard error for progress, hints and errors.</summary>
    public static IAnsiConsole Error { get; } = Open(Terminal.Error, Terminal.IsErrorRedirected);

    public static void Runs(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Interrupt.Token);
            StopAtControlC();
            try
            {
                return await action(parsed, stop.Token);
            }
            catch (TarnException error)
            {
                Show(error);
                return Failed;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return Interrupted;
            }
        });

    /// <summary>
    /// With the parser's own handler alone the process dies of the signal before the command has ended. A second Ctrl-C
    /// kills what does not stop.
    /// </summary>
    private static void StopAtControlC() =>
        controlC ??= PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            if (Volatile.Read(ref taken) is { } take)
            {
                signal.Cancel = true;
                take();
                return;
            }

            signal.Cancel = !Interrupt.IsCancellationRequested;
            Interrupt.Cancel();
        });

    /// <summary>Until the answer is disposed, Ctrl-C does this instead of ending the command.</summary>
    public static IDisposable TakeInterrupts(Action action)
    {
        Volatile.Write(ref taken, action);
        return new Taken();
    }

    private static IAnsiConsole Open(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (isRedirected)
        {
            console.Profile.Width = UnwrappedWidth;
        }

        return console;
    }

    /// <summary>Tells a user's error on standard error.</summary>
    public static void Show(TarnException error)
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

    private sealed class Taken : IDisposable
    {
        public void Dispose() => Volatile.Write(ref taken, null);
    }
}
