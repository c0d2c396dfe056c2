using Tarn.Query.Executions;
using Tarn.Query.Workgroups;
using Tarn.Testing;

namespace Tarn.Query.Tests.Executions;

/// <summary>What a query has read is counted while it runs: shown, charged and held against the limits.</summary>
#pragma warning disable CA1001 // xunit calls IAsyncLifetime.DisposeAsync
public sealed class MeasuredBytesTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly TempDirectory _directory = new();
    private QueryLake _lake = null!;

    public async Task InitializeAsync() => _lake = await QueryLake.OpenAsync(_directory.Path);

    public async Task DisposeAsync()
    {
        await _lake.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    [InlineData(".bz2")]
    [InlineData(".zst")]
    [InlineData(".zip")]
    [InlineData(".snappy")]
    public async Task Lines_ReadToTheEnd_CountTheObjectsAsTheyAreStored(string extension)
    {
        await _lake.CreateJsonTableAsync("default.t", "a bigint");
        var first = await _lake.PutAsync("default.t", "a.json" + extension, Rows(0, 20_000));
        var second = await _lake.PutAsync("default.t", "b.json" + extension, Rows(20_000, 1_000));

        var run = await _lake.RunAsync("SELECT sum(a) FROM t");

        Assert.True(run.State == QueryState.Succeeded, run.StateChangeReason);
        Assert.Equal(first.Size + second.Size, run.ScannedBytes);
        Assert.Equal(21_000, run.InputRows);
    }

    [Fact]
    public async Task Lines_InSeveralPieces_CountEachByteOnce()
    {
        await _lake.CreateJsonTableAsync("default.t", "a bigint");
        var stored = await _lake.PutAsync("default.t", "a.json", Rows(0, 1_600_000));

        var run = await _lake.RunAsync("SELECT count(*) FROM t WHERE a >= 0");

        Assert.True(stored.Size > 16 << 20, "the object is read in one piece");
        Assert.Equal((stored.Size, 1_600_000), (run.ScannedBytes, run.InputRows));
    }

    [Fact]
    public async Task Lines_UnderALimitThatEndsEarly_CountLess()
    {
        await _lake.CreateJsonTableAsync("default.t", "a bigint");
        await _lake.PutAsync("default.t", "a.json", Rows(0, 1_000_000));

        var run = await _lake.RunAsync("SELECT a FROM t LIMIT 5");

        Assert.InRange(run.ScannedBytes, 1, run.Estimate!.Bytes / 2);
        Assert.InRange(run.InputRows!.Value, 5, 500_000);
        Assert.Equal(run.ScannedBytes, await _lake.Queries.ScannedTodayAsync("primary", CancellationToken.None));
    }

    [Fact]
    public async Task Parquet_OneColumn_CountsWhatDuckDbReadsOfIt()
    {
        await ParquetAsync("a bigint; b string");

        var narrow = await _lake.RunAsync("SELECT sum(a) FROM t");
        var wide = await _lake.RunAsync("SELECT max(b) FROM t");
        var again = await _lake.RunAsync("SELECT sum(a) FROM t");

        Assert.InRange(narrow.ScannedBytes, narrow.Estimate!.Bytes * 95 / 100, narrow.Estimate.Bytes * 105 / 100);
        Assert.InRange(wide.ScannedBytes, wide.Estimate!.Bytes * 95 / 100, wide.Estimate.Bytes * 105 / 100);
        Assert.True(wide.ScannedBytes > 2 * narrow.ScannedBytes, "the columns are too alike to tell them apart");
        Assert.InRange(again.ScannedBytes, narrow.ScannedBytes * 99 / 100, narrow.ScannedBytes * 101 / 100);
        Assert.Null(narrow.InputRows);
    }

    [Fact]
    public async Task Parquet_UnderALimitThatEndsEarly_CountsLess()
    {
        await ParquetAsync("a bigint; b string");

        var run = await _lake.RunAsync("SELECT b FROM t LIMIT 5");

        Assert.InRange(run.ScannedBytes, 1, run.Estimate!.Bytes / 3);
    }

    [Fact]
    public async Task Parquet_OfAWrite_IsCounted()
    {
        await ParquetAsync("a bigint; b string");

        var run = await _lake.RunAsync("CREATE TABLE u AS SELECT a FROM t");

        Assert.True(run.State == QueryState.Succeeded, run.StateChangeReason);
        Assert.InRange(run.ScannedBytes, run.Estimate!.Bytes * 95 / 100, run.Estimate.Bytes * 105 / 100);
    }

    [Fact]
    public async Task Failure_ShowsWhatItReadAndCostsNothing()
    {
        await _lake.CreateJsonTableAsync("default.t", "a bigint");
        await _lake.PutAsync("default.t", "a.json", Rows(0, 1000) + "{\"a\":\"x\"}\n");

        var run = await _lake.RunAsync("SELECT sum(a) FROM t");

        Assert.Equal((QueryState.Failed, run.Estimate!.Bytes, 0m), (run.State, run.ScannedBytes, run.AthenaPriceUsd));
        Assert.Equal(0, await _lake.Queries.ScannedTodayAsync("primary", CancellationToken.None));
    }

    [Fact]
    public async Task PastTheLimitOfAQuery_IsCancelledAndCharged()
    {
        var limit = await UnderestimatedAsync();
        await _lake.Workgroups.PutAsync(
            new Workgroup { Name = "thrifty", ScannedBytesMax = limit }, CancellationToken.None);

        var run = await _lake.RunAsync("SELECT max(a) FROM t WHERE a = 5", workgroup: "thrifty");

        Assert.Equal((QueryState.Cancelled, "BYTES_SCANNED_LIMIT_EXCEEDED"), (run.State, run.ErrorCode));
        Assert.StartsWith("Bytes scanned limit was exceeded: read ", run.StateChangeReason);
        Assert.EndsWith($" bytes, limit {limit:N0} bytes", run.StateChangeReason);
        Assert.True(run.ScannedBytes > limit, $"read {run.ScannedBytes} of {limit}");
        Assert.Equal(run.ScannedBytes, await _lake.Queries.ScannedTodayAsync("thrifty", CancellationToken.None));
        Assert.True(run.AthenaPriceUsd > 0, "it was not charged");
        Assert.Null(run.ResultLocation);
    }

    [Fact]
    public async Task PastTheLimitOfTheDay_IsCancelled()
    {
        var limit = await UnderestimatedAsync();
        await _lake.Workgroups.PutAsync(
            new Workgroup { Name = "thrifty", DailyScannedBytesMax = limit }, CancellationToken.None);

        var run = await _lake.RunAsync("SELECT max(a) FROM t WHERE a = 5", workgroup: "thrifty");

        Assert.Equal(QueryState.Cancelled, run.State);
        Assert.StartsWith(
            "Bytes scanned limit of workgroup 'thrifty' for today was exceeded: read ", run.StateChangeReason);
    }

    /// <summary>
    /// Row groups that the estimate leaves out by their bounds and DuckDB cannot, as the table's type is narrower than
    /// the files'. Returns a limit between the two.
    /// </summary>
    private async Task<long> UnderestimatedAsync()
    {
        await ParquetAsync("a int; b string");
        var run = await _lake.RunAsync("SELECT max(a) FROM t WHERE a = 5");
        Assert.True(run.State == QueryState.Succeeded, run.StateChangeReason);
        Assert.True(
            run.ScannedBytes > 3 * run.Estimate!.Bytes, $"read {run.ScannedBytes}, estimate {run.Estimate.Bytes}");
        return run.Estimate.Bytes * 2;
    }

    private async Task ParquetAsync(string columns)
    {
        await _lake.CreateParquetTableAsync("default.t", columns);
        for (var file = 0; file < 4; file++)
        {
            await _lake.PutParquetAsync(
                "default.t",
                $"{file}.parquet",
                $"SELECT i AS a, md5(i::VARCHAR) AS b FROM range({file * 50_000}, {(file + 1) * 50_000}) AS t(i)");
        }
    }

    private static string Rows(int first, int count) =>
        string.Concat(Enumerable.Range(first, count).Select(i => $"{{\"a\":{i}}}\n"));
}
