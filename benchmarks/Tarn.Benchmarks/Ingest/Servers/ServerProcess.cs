using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Tarn.Benchmarks.Ingest.Servers;

/// <summary>
/// A server in a process of its own, so that the load does not share its heap and its CPU time can be told apart. Ready
/// when it has printed its address; ended on dispose.
/// </summary>
internal sealed partial class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartTimeMax = TimeSpan.FromMinutes(5);

    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>What it holds of the machine's memory now.</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServerProcess> StartAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(StartTimeMax);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (AddressText().Match(line) is { Success: true } match)
            {
                var port = int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture);
                return new ServerProcess(process, new Uri($"http://127.0.0.1:{port}"));
            }
        }

        throw new InvalidOperationException($"{program} ended with {process.ExitCode} before it was ready");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"http://\S*?:(?<port>\d+)(\s|$)")]
    private static partial Regex AddressText();
}
