using System.Diagnostics;
using System.Globalization;
using Tarn.Clients.Tests.Servers;
using Tarn.Testing;
using Xunit.Abstractions;

namespace Tarn.Clients.Tests.Aws;

/// <summary>
/// A large result goes to disk as its rows come, and a page of it is read from where it begins: the server's memory
/// stays where it was. <c>TARN_LARGE_ROWS=100000000</c> makes it one of 100 million rows.
/// </summary>
public sealed class LargeResultTests(ITestOutputHelper output)
{
    private const string Boto3 = "/usr/lib/python3/dist-packages/boto3/__init__.py";
    private const int MiB = 1 << 20;
    private const int RowsByDefault = 2_000_000;
    private const int WarmUpRows = 500_000;

    /// <summary>Of the server's peak: half of the smallest result here.</summary>
    private const long GrowthBytesMax = 32L * MiB;

    /// <summary>What the server may read for a page of 500 rows, however far behind.</summary>
    private const long PageBytesMax = 16L * MiB;

    [ClientFact(Boto3)]
    public async Task Select_ManyRows_LeavesTheServersMemoryFlatAndPagesFromAnywhere()
    {
        var rows = int.TryParse(
            Environment.GetEnvironmentVariable("TARN_LARGE_ROWS"), NumberStyles.None, CultureInfo.InvariantCulture,
            out var asked) ? asked : RowsByDefault;
        using var directory = new TempDirectory();
        await using var server = await TarnServerProcess.StartAsync(
            "--data", Path.Combine(directory.Path, "data"), "--memory-mib", "256");
        await RunAsync(server, WarmUpRows, []);
        var before = Status(server, "VmHWM:");

        var clock = Stopwatch.StartNew();
        var id = await RunAsync(server, rows, []);
        var time = clock.Elapsed;
        var growth = Status(server, "VmHWM:") - before;
        var size = Directory.EnumerateFiles(directory.Path, id + ".csv", SearchOption.AllDirectories)
            .Sum(path => new FileInfo(path).Length);
        var readBefore = BytesRead(server);
        await RunAsync(server, rows, [id]);
        var read = BytesRead(server) - readBefore;

        output.WriteLine(FormattableString.Invariant(
            $"{rows} rows, {size / MiB} MiB in {time.TotalSeconds:0.0} s with its pages; ")
            + FormattableString.Invariant($"peak {before / MiB} MiB before, {growth / MiB} MiB more after; ")
            + FormattableString.Invariant($"{read >> 10} KiB read for the last page"));
        Assert.InRange(growth, 0, GrowthBytesMax);
        Assert.InRange(read, 1, PageBytesMax);
        Assert.True(size > GrowthBytesMax, $"a result of {size} bytes proves nothing");
    }

    private static async Task<string> RunAsync(TarnServerProcess server, int rows, IEnumerable<string> id)
    {
        var script = Path.Combine(TarnExecutable.Root, "tests", "clients-python", "large_result.py");
        var start = new ProcessStartInfo(
            "/usr/bin/python3", [script, rows.ToString(CultureInfo.InvariantCulture), .. id]);
        server.Describe(start);
        return (await ClientOutput.OfAsync(start, TimeSpan.FromMinutes(30))).MustSucceed().Trim();
    }

    private static long Status(TarnServerProcess server, string name) =>
        1024 * Number(File.ReadLines($"/proc/{server.ProcessId}/status"), name);

    /// <summary>By all its reads, from the page cache too.</summary>
    private static long BytesRead(TarnServerProcess server) =>
        Number(File.ReadLines($"/proc/{server.ProcessId}/io"), "rchar:");

    private static long Number(IEnumerable<string> lines, string name) => long.Parse(
        lines.Single(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
