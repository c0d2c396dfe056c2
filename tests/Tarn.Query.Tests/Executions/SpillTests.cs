using Tarn.Query.Executions;
using Tarn.Query.Workgroups;
using Tarn.Testing;

namespace Tarn.Query.Tests.Executions;

/// <summary>A statement whose rows do not fit memory writes them to a folder of the engine, up to a limit.</summary>
public sealed class SpillTests
{
    private const long MiB = 1 << 20;

    private const string Rows =
        "(SELECT x * 1000 + y AS k, md5(to_utf8(CAST(x * 1000 + y AS varchar))) AS m "
        + "FROM UNNEST(sequence(1, 3000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 1000)) AS b (y)) AS r";

    [Theory]
    [InlineData($"SELECT m, k FROM {Rows} ORDER BY m")]
    [InlineData($"SELECT count(*) FROM (SELECT m, max(k) AS k, count(*) AS c FROM {Rows} GROUP BY m) AS g")]
    [InlineData($"CREATE TABLE t AS SELECT m, k FROM {Rows} ORDER BY m")]
    public async Task Run_OverTheLimit_FailsNamingItAndLeavesNoFiles(string sql)
    {
        using var directory = new TempDirectory();
        await using var lake = await OpenAsync(directory, spillBytesMax: 16 * MiB);

        var failed = await lake.RunAsync(sql);
        var left = Spilled(directory);
        var next = await lake.ReadAsync("SELECT 1");

        Assert.Equal((QueryState.Failed, "EXCEEDED_SPILL_LIMIT"), (failed.State, failed.ErrorCode));
        Assert.StartsWith(
            "EXCEEDED_SPILL_LIMIT: query exceeded local spill limit of 16.0 MiB. ", failed.StateChangeReason);
        Assert.Empty(left);
        Assert.Equal("1", next);
    }

    [Fact]
    public async Task Run_OfAWorkgroupWithMemoryOfItsOwn_IsLimitedToo()
    {
        using var directory = new TempDirectory();
        await using var lake = await OpenAsync(directory, spillBytesMax: 16 * MiB);
        await lake.Workgroups.PutAsync(
            new Workgroup { Name = "small", MemoryBytesMax = 48 * MiB }, CancellationToken.None);

        var failed = await lake.RunAsync($"SELECT m, k FROM {Rows} ORDER BY m", workgroup: "small");

        Assert.Equal((QueryState.Failed, "EXCEEDED_SPILL_LIMIT"), (failed.State, failed.ErrorCode));
        Assert.Empty(Spilled(directory));
    }

    [Fact]
    public async Task Run_WithinTheLimit_SucceedsAndLeavesNoFiles()
    {
        using var directory = new TempDirectory();
        await using var lake = await OpenAsync(directory, spillBytesMax: 1024 * MiB);
        var most = 0;
        var running = lake.RunAsync($"SELECT m, k FROM {Rows} ORDER BY m LIMIT 1500000");
        while (!running.IsCompleted)
        {
            most = Math.Max(most, Spilled(directory).Count);
            await Task.Delay(5);
        }

        var run = await running;
        Assert.True(run.State == QueryState.Succeeded, run.StateChangeReason);
        Assert.Equal(1_500_000, run.RowCount);
        Assert.True(most > 0, "nothing was spilled");
        Assert.Empty(Spilled(directory));
    }

    [Fact]
    public async Task Open_AfterAKill_RemovesWhatEveryWorkgroupLeft()
    {
        using var directory = new TempDirectory();
        string[] left = ["duckdb", "duckdb-0123456789abcdef"];
        foreach (var folder in left)
        {
            var path = Directory.CreateDirectory(Path.Combine(directory.Path, "spill", folder)).FullName;
            File.WriteAllText(Path.Combine(path, "duckdb_temp_storage_DEFAULT-0.tmp"), "left");
        }

        await using var lake = await OpenAsync(directory, spillBytesMax: 16 * MiB);

        Assert.Equal("1", await lake.ReadAsync("SELECT 1"));
        Assert.Empty(Spilled(directory));
    }

    private static Task<QueryLake> OpenAsync(TempDirectory directory, long spillBytesMax) => QueryLake.OpenAsync(
        directory.Path,
        engine: usual => usual with { MemoryBytesMax = 64 * MiB, SpillBytesMax = spillBytesMax });

    private static List<string> Spilled(TempDirectory directory)
    {
        var spill = Path.Combine(directory.Path, "spill");
        return Directory.Exists(spill)
            ? [.. Directory.EnumerateFiles(spill, "*", SearchOption.AllDirectories)]
            : [];
    }
}
