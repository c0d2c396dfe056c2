using Microsoft.Extensions.Time.Testing;
using Tarn.Query.Executions;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Query.Tests.Executions;

#pragma warning disable CA1001 // xunit calls IAsyncLifetime.DisposeAsync
public sealed class ResultReuseTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 4, 30, 0, TimeSpan.Zero));
    private QueryLake _lake = null!;

    public async Task InitializeAsync()
    {
        _lake = await QueryLake.OpenAsync(_directory.Path, time: _time);
        await _lake.CreateJsonTableAsync("default.t", "a bigint");
        await _lake.PutAsync("default.t", "a.json", "{\"a\":1}\n{\"a\":2}\n");
    }

    public async Task DisposeAsync()
    {
        await _lake.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task StartAsync_SameWithinTheAge_GivesTheEarlierResultAlsoAfterARestart()
    {
        var first = await RunAsync(10);
        _time.Advance(TimeSpan.FromMinutes(9));
        await _lake.DisposeAsync();
        _lake = await QueryLake.OpenAsync(_directory.Path, time: _time);

        var again = await RunAsync(10);
        var page = await _lake.Queries.ReadAsync(again.Id, 0, 1000, CancellationToken.None);

        Assert.False(first.IsReused);
        Assert.NotEqual(first.Id, again.Id);
        Assert.Equal(
            (QueryState.Succeeded, true, 0, first.ResultLocation),
            (again.State, again.IsReused, again.ScannedBytes, again.ResultLocation));
        Assert.Equal(["1", "2"], page.Rows.Select(row => row[0]));
        Assert.Equal("a", page.Columns.Single().Name);
    }

    [Fact]
    public async Task StartAsync_OlderThanTheAge_RunsAgain()
    {
        await RunAsync(10);
        _time.Advance(TimeSpan.FromMinutes(11));

        Assert.False((await RunAsync(10)).IsReused);
    }

    [Fact]
    public async Task StartAsync_NotAskedTo_RunsAgain()
    {
        await RunAsync(10);

        Assert.False((await RunAsync(Request(null))).IsReused);
    }

    [Fact]
    public async Task StartAsync_AnotherStatementDatabaseWorkgroupParameterOrPlace_RunsAgain()
    {
        var request = Request(10);
        await RunAsync(request);
        await _lake.Workgroups.PutAsync(
            new Query.Workgroups.Workgroup { Name = "other" }, CancellationToken.None);
        QueryRequest[] others =
        [
            request with { Sql = "SELECT a FROM default.t ORDER BY a " },
            request with { Database = "other" },
            request with { Workgroup = "other" },
            request with { OutputLocation = "s3://lake/elsewhere/" },
            request with { Sql = "SELECT a FROM default.t WHERE a = ?", Parameters = ["1"] },
            request with { Sql = "SELECT a FROM default.t WHERE a = ?", Parameters = ["2"] },
        ];

        foreach (var other in others)
        {
            Assert.False((await RunAsync(other)).IsReused);
        }

        Assert.True((await RunAsync(others[^1])).IsReused);
    }

    [Fact]
    public async Task StartAsync_ResultObjectIsGone_RunsAgain()
    {
        var first = await RunAsync(10);
        await _lake.Objects.DeleteAsync(ObjectKey.Parse(first.ResultLocation!), CancellationToken.None);

        Assert.False((await RunAsync(10)).IsReused);
    }

    private static QueryRequest Request(int? minutes) =>
        new() { Sql = "SELECT a FROM default.t ORDER BY a", ReuseMinutesMax = minutes };

    private Task<QueryExecution> RunAsync(int? minutes) => RunAsync(Request(minutes));

    private async Task<QueryExecution> RunAsync(QueryRequest request)
    {
        var started = await _lake.Queries.StartAsync(request, CancellationToken.None);
        var ended = await _lake.Queries.WaitAsync(started.Id, null, CancellationToken.None);
        Assert.True(ended.State == QueryState.Succeeded, ended.StateChangeReason);
        return ended;
    }
}
