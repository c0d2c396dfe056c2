using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Demo;

/// <summary><c>tarn demo</c> as a user runs it, and what it leaves behind read with other tools.</summary>
public sealed partial class DemoTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tarn-demo-test-");

    private string Data => Path.Combine(directory.FullName, "data");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task Demo_OfAFewSeconds_LosesAndDoublesNothing()
    {
        var output = await TarnExecutable.RunAsync(Arguments(seconds: 12));

        output.MustSucceed();
        var totals = Totals(output.LastLine);
        Assert.True(totals["acknowledged"] > 1000, output.LastLine);
        Assert.Equal(0, totals["lost"]);
        Assert.Equal(0, totals["duplicated"]);
        Assert.True(totals["scanned_json"] > 0 && totals["scanned_parquet"] > 0, output.LastLine);
        Assert.Equal(totals["acknowledged"], CountLines());
        Assert.Equal(totals["acknowledged"], CountParquet());
    }

    [Fact]
    public async Task Demo_WithTheServerKilledInMidRun_LosesAndDoublesNothing()
    {
        using var demo = Process.Start(TarnExecutable.Command(Arguments(seconds: 15)))!;
        var error = demo.StandardError.ReadToEndAsync();
        var output = demo.StandardOutput.ReadToEndAsync();
        try
        {
            var first = await ServerAfterAsync(0);
            await Task.Delay(TimeSpan.FromSeconds(5));
            Kill(first);
            Kill(await ServerAfterAsync(first));
            await demo.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        }
        finally
        {
            demo.Kill(entireProcessTree: true);
        }

        var result = new ClientOutput(demo.ExitCode, await output, await error);
        result.MustSucceed();
        var totals = Totals(result.LastLine);
        Assert.True(totals["acknowledged"] > 1000, result.LastLine);
        Assert.Equal(0, totals["lost"] + totals["duplicated"]);
        Assert.Equal(totals["acknowledged"], CountLines());
    }

    private static void Kill(int pid)
    {
        using var server = Process.GetProcessById(pid);
        server.Kill();
    }

    /// <summary>Waits for the ready server that follows process <paramref name="before"/>.</summary>
    private async Task<int> ServerAfterAsync(int before)
    {
        var file = Path.Combine(Data, "server");
        for (var tries = 0; tries < 600; tries++, await Task.Delay(50))
        {
            var lines = File.Exists(file) ? await File.ReadAllLinesAsync(file) : [];
            if (lines.Length == 3 && lines[2].StartsWith("console=http", StringComparison.Ordinal))
            {
                var found = int.Parse(lines[0]["pid=".Length..], System.Globalization.CultureInfo.InvariantCulture);
                if (found != before)
                {
                    return found;
                }
            }
        }

        throw new TimeoutException("no server became ready");
    }

    private IEnumerable<string> Arguments(int seconds) =>
    [
        "demo", "--seconds", $"{seconds}", "--flush-seconds", "3", "--rate", "500", "--no-browser",
        "--port", "0", "--console-port", "0", "--data", Data,
    ];

    private long CountLines() => Directory
        .EnumerateFiles(Path.Combine(Data, "objects/lake/raw/scores"), "*.json.gz", SearchOption.AllDirectories)
        .Sum(path =>
        {
            using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            return lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).LongLength;
        });

    private long CountParquet()
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM read_parquet('{Data}/objects/lake/curated/scores/**/*.parquet')";
        return (long)command.ExecuteScalar()!;
    }

    private static Dictionary<string, long> Totals(string line) => Pair().Matches(line).ToDictionary(
        pair => pair.Groups[1].Value,
        pair => long.Parse(pair.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(\w+)=(\d+)")]
    private static partial Regex Pair();
}
