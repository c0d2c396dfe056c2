using Microsoft.Extensions.Time.Testing;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;
using Tarn.Query.Workgroups;
using Tarn.Testing;

namespace Tarn.Query.Tests.Workgroups;

/// <summary>What a workgroup allows, beside the limit of bytes per query.</summary>
#pragma warning disable CA1001 // xunit calls IAsyncLifetime.DisposeAsync
public sealed class LimitTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Endless =
        "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b (y) "
        + "CROSS JOIN UNNEST(sequence(1, 10000)) AS c (z) CROSS JOIN UNNEST(sequence(1, 10000)) AS d (w) "
        + "WHERE sin(x + y + z + w) > 2";

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 23, 0, 0, TimeSpan.Zero));
    private QueryLake _lake = null!;

    public async Task InitializeAsync() => _lake = await OpenAsync();

    public async Task DisposeAsync()
    {
        await _lake.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task DailyBytes_OverTheLimit_AreRefusedUntilMidnightAndAcrossARestart()
    {
        await _lake.CreateJsonTableAsync("default.t", "a bigint");
        await _lake.PutAsync("default.t", "a.json", string.Concat(Enumerable.Repeat("{\"a\":1}\n", 50)));
        await PutAsync(new Workgroup { Name = "thrifty", DailyScannedBytesMax = 1000 });

        var first = await RunAsync("SELECT sum(a) FROM t");
        var second = await RunAsync("SELECT sum(a) FROM t");
        var third = await RunAsync("SELECT sum(a) FROM t");
        var free = await RunAsync("SELECT 1");
        await _lake.DisposeAsync();
        _lake = await OpenAsync();
        var restarted = await RunAsync("SELECT sum(a) FROM t");
        var counted = await _lake.Queries.ScannedTodayAsync("thrifty", CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(2));
        var tomorrow = await RunAsync("SELECT sum(a) FROM t");

        Assert.Equal([400L, 400L], new[] { first, second }.Select(run => run.ScannedBytes));
        Assert.All([third, restarted], run => Assert.Contains(
            "BYTES_SCANNED_LIMIT_EXCEEDED: Bytes scanned limit of workgroup 'thrifty' for today was exceeded: "
                + "scanned 800 bytes, estimate 400 bytes, limit 1,000 bytes",
            run.StateChangeReason));
        Assert.Equal(0, third.ScannedBytes);
        Assert.Equal(QueryState.Succeeded, free.State);
        Assert.Equal(800, counted);
        Assert.Equal((QueryState.Succeeded, 400), (tomorrow.State, tomorrow.ScannedBytes));
        Assert.Equal(400, await _lake.Queries.ScannedTodayAsync("thrifty", CancellationToken.None));
    }

    [Fact]
    public async Task DailyBytes_OfAQueryThatFailed_AreNotCounted()
    {
        await _lake.CreateJsonTableAsync("default.t", "a bigint");
        await _lake.PutAsync("default.t", "a.json", "{\"a\":\"x\"}\n");
        await PutAsync(new Workgroup { Name = "thrifty", DailyScannedBytesMax = 1000 });

        var failed = await RunAsync("SELECT sum(a) FROM t");

        Assert.Equal((QueryState.Failed, "HIVE_BAD_DATA"), (failed.State, failed.ErrorCode));
        Assert.Equal(0, await _lake.Queries.ScannedTodayAsync("thrifty", CancellationToken.None));
    }

    [Fact]
    public async Task ResultRows_OneTooMany_FailsAndLeavesNoResult()
    {
        await PutAsync(new Workgroup { Name = "thrifty", ResultRowsMax = 3 });

        var allowed = await RunAsync("SELECT * FROM UNNEST(sequence(1, 3)) AS t (n)");
        var refused = await RunAsync("SELECT * FROM UNNEST(sequence(1, 4)) AS t (n)");

        Assert.Equal((QueryState.Succeeded, 3), (allowed.State, allowed.RowCount));
        Assert.Equal((QueryState.Failed, "RESULT_ROWS_LIMIT_EXCEEDED"), (refused.State, refused.ErrorCode));
        Assert.Null(refused.ResultLocation);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_directory.Path, "*", SearchOption.AllDirectories),
            path => path.Contains(refused.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunTime_Over_StopsTheQuery()
    {
        await PutAsync(new Workgroup { Name = "thrifty", RunSecondsMax = 60 });

        var started = await StartAsync(Endless);
        await UntilRunningAsync(started.Id);
        _time.Advance(TimeSpan.FromSeconds(61));
        var ended = await _lake.Queries.WaitAsync(started.Id, null, CancellationToken.None);

        Assert.Equal((QueryState.Failed, "EXCEEDED_TIME_LIMIT"), (ended.State, ended.ErrorCode));
        Assert.Contains("60 s of workgroup 'thrifty'", ended.StateChangeReason);
    }

    [Fact]
    public async Task Memory_Over_FailsTheQueryOfThatWorkgroupAlone()
    {
        // Eighty megabytes to be kept at once, without a way to spill them.
        const string Sql =
            "SELECT cardinality(array_agg(x * 10000 + y)) "
            + "FROM UNNEST(sequence(1, 10000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 1000)) AS b (y)";
        await PutAsync(new Workgroup { Name = "thrifty", MemoryBytesMax = 24L << 20 });

        var refused = await RunAsync(Sql);
        var allowed = await _lake.RunAsync(Sql);

        Assert.Equal((QueryState.Failed, "EXCEEDED_MEMORY_LIMIT"), (refused.State, refused.ErrorCode));
        Assert.True(allowed.State == QueryState.Succeeded, allowed.StateChangeReason);
    }

    [Fact]
    public async Task Concurrency_OverTheWorkgroupsOwn_WaitsWhileOthersRun()
    {
        await PutAsync(new Workgroup { Name = "thrifty", RunningMax = 1 });

        var first = await StartAsync(Endless);
        await UntilRunningAsync(first.Id);
        var second = await StartAsync("SELECT 1");
        var other = await _lake.RunAsync("SELECT 1");
        var waiting = await _lake.Queries.FindAsync(second.Id, CancellationToken.None);
        await _lake.Queries.StopAsync(first.Id, CancellationToken.None);
        var ended = await _lake.Queries.WaitAsync(second.Id, null, CancellationToken.None);

        Assert.Equal(QueryState.Succeeded, other.State);
        Assert.Equal(QueryState.Queued, waiting!.State);
        Assert.Equal(QueryState.Succeeded, ended.State);
        var stopped = await _lake.Queries.FindAsync(first.Id, CancellationToken.None);
        Assert.Equal((QueryState.Cancelled, "Query cancelled by user"), (stopped!.State, stopped.StateChangeReason));
    }

    [Fact]
    public async Task Disabled_StartsNothing()
    {
        await PutAsync(new Workgroup { Name = "thrifty", IsEnabled = false });

        var failure = await Assert.ThrowsAsync<TarnException>(() => StartAsync("SELECT 1"));

        Assert.Equal((ErrorKind.Invalid, "workgroup 'thrifty' is disabled"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Enforced_OutputLocationOfTheClient_IsNotLookedAt()
    {
        await PutAsync(new Workgroup { Name = "thrifty", IsEnforced = true, OutputLocation = "s3://lake/own/" });

        var started = await _lake.Queries.StartAsync(
            new QueryRequest { Sql = "SELECT 1", Workgroup = "thrifty", OutputLocation = "s3://lake/other/" },
            CancellationToken.None);
        var ended = await _lake.Queries.WaitAsync(started.Id, null, CancellationToken.None);

        Assert.Equal($"s3://lake/own/{started.Id}.csv", ended.ResultLocation);
    }

    private Task<QueryLake> OpenAsync() => QueryLake.OpenAsync(_directory.Path, runningMax: 8, time: _time);

    private Task<Workgroup> PutAsync(Workgroup workgroup) =>
        _lake.Workgroups.PutAsync(workgroup, CancellationToken.None);

    private Task<QueryExecution> RunAsync(string sql) => _lake.RunAsync(sql, workgroup: "thrifty");

    private Task<QueryExecution> StartAsync(string sql) => _lake.Queries.StartAsync(
        new QueryRequest { Sql = sql, Workgroup = "thrifty" }, CancellationToken.None);

    private async Task UntilRunningAsync(string id)
    {
        while ((await _lake.Queries.FindAsync(id, CancellationToken.None))!.State == QueryState.Queued)
        {
            await Task.Delay(5);
        }
    }
}
