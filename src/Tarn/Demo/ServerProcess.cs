using System.Diagnostics;
using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;

namespace Tarn.Demo;

/// <summary>
/// The demo's server: a real <c>tarn up</c> in a process of its own, so that it can be killed like any other. When
/// it dies without being asked to, it is started again on the same data and ports.
/// </summary>
internal sealed partial class ServerProcess(string dataDirectory, string projectDirectory) : IAsyncDisposable
{
    private const int StartAttemptsMax = 5;

    private static readonly TimeSpan RestartDelay = TimeSpan.FromMilliseconds(500);

    private Process? process;
    private bool stopping;

    public Uri Aws { get; private set; } = null!;

    public Uri Console { get; private set; } = null!;

    /// <summary>Milliseconds from process start to ready, of the newest start.</summary>
    public long ReadyMilliseconds { get; private set; }

    public int ProcessId => process?.Id ?? 0;

    /// <summary>How often it died and was started again.</summary>
    public int Restarts { get; private set; }

    /// <summary>Ends with the demo, or fails when a server that died does not come back.</summary>
    public Task Watching { get; private set; } = Task.CompletedTask;

    /// <summary>Starts on the wanted ports (0: free ones) and returns when ready.</summary>
    public async Task StartAsync(int port, int consolePort, CancellationToken cancellation)
    {
        await StartOnceAsync(port, consolePort, cancellation);
        Watching = WatchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        stopping = true;
        if (process is { HasExited: false } running)
        {
            using var kill = Process.Start("kill", $"-TERM {running.Id}");
            await running.WaitForExitAsync();
        }

        await Task.WhenAny(Watching);

        process?.Dispose();
    }

    /// <summary>Drains the output and starts the server again when it dies unasked.</summary>
    private async Task WatchAsync()
    {
        while (true)
        {
            while (await process!.StandardOutput.ReadLineAsync() is not null)
            {
            }

            await process.WaitForExitAsync();
            if (stopping)
            {
                return;
            }

            Restarts++;
            await RestartAsync();
        }
    }

    /// <summary>A server that dies before it is ready (killed once more) is started again, a few times.</summary>
    private async Task RestartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StartOnceAsync(Aws.Port, Console.Port, CancellationToken.None);
                return;
            }
            catch (TarnException) when (attempt < StartAttemptsMax && !stopping)
            {
                await Task.Delay(RestartDelay, TimeProvider.System);
            }
        }
    }

    private async Task StartOnceAsync(int port, int consolePort, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "up", "--data", dataDirectory, "--project", projectDirectory,
                "--port", $"{port}", "--console-port", $"{consolePort}",
            },
        };
        var started = Process.Start(start)
            ?? throw new TarnException(ErrorKind.Unavailable, "the server could not be started");
        process = started;
        while (await started.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (ReadyLine().Match(line) is { Success: true } ready)
            {
                ReadyMilliseconds = long.Parse(
                    ready.Groups["ms"].Value, System.Globalization.CultureInfo.InvariantCulture);
                Aws = new Uri(ready.Groups["aws"].Value);
                Console = new Uri(ready.Groups["console"].Value);
                return;
            }
        }

        await started.WaitForExitAsync(cancellation);
        throw new TarnException(
            ErrorKind.Unavailable, $"the server ended with code {started.ExitCode} before it was ready");
    }

    [GeneratedRegex(@"^tarn ready in (?<ms>\d+) ms: aws (?<aws>\S+) console (?<console>\S+) data ")]
    private static partial Regex ReadyLine();
}
