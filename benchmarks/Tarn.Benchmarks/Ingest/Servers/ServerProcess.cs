using System.Diagnostics;
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
    private readonly IReadOnlyList<Uri> _addresses;
    private readonly AllocationSource _allocations;

    private ServerProcess(Process process, IReadOnlyList<Uri> addresses, AllocationSource allocations) =>
        (_process, _addresses, _allocations) = (process, addresses, allocations);

    public Uri Address => _addresses[0];

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

    /// <summary>Bytes allocated since its start, or null where the server does not tell.</summary>
    public async Task<long?> AllocatedAsync() => _allocations switch
    {
        AllocationSource.Line => await AllocationReport.AskAsync(_process.StandardInput, _process.StandardOutput),
        AllocationSource.Metrics => await AllocationReport.ScrapeAsync(_addresses[1]),
        _ => null,
    };

    public static async Task<ServerProcess> StartAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment,
        AllocationSource allocations)
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
            if (AddressText().Matches(line) is { Count: > 0 } matches)
            {
                var ports = matches.Select(match => match.Groups["port"].Value);
                return new ServerProcess(
                    process, [.. ports.Select(port => new Uri($"http://127.0.0.1:{port}"))], allocations);
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

    [GeneratedRegex(@"http://\S*?:(?<port>\d+)(?=\D|$)")]
    private static partial Regex AddressText();
}
