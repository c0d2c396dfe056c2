using Microsoft.Extensions.Time.Testing;
using Tarn.Query.Executions;
using Tarn.Query.Statements;
using Tarn.Testing;

namespace Tarn.Query.Tests.Executions;

public sealed class FollowTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Gate _gate = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task FollowAsync_EndsMeanwhile_AnswersWithTheEndWithoutTheWholeWait()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path, handler: _gate, time: _time);
        var started = await lake.Queries.StartAsync(new QueryRequest { Sql = "GATE" }, CancellationToken.None);

        var follow = lake.Queries.FollowAsync(started.Id, Patience, CancellationToken.None);
        var before = follow.IsCompleted;
        _gate.Open.SetResult();
        var ended = await follow;
        var page = await lake.Queries.ReadAsync(started.Id, 0, 10, CancellationToken.None);

        Assert.False(before);
        Assert.Equal(QueryState.Succeeded, ended!.State);
        Assert.Equal(["open"], page.Rows.Select(row => row[0]));
    }

    [Fact]
    public async Task FollowAsync_StillUnderWay_AnswersWhenThePatienceIsOver()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path, handler: _gate, time: _time);
        var started = await lake.Queries.StartAsync(new QueryRequest { Sql = "GATE" }, CancellationToken.None);

        var follow = lake.Queries.FollowAsync(started.Id, Patience, CancellationToken.None);
        _time.Advance(Patience / 2);
        var halfway = follow.IsCompleted;
        _time.Advance(Patience);
        var found = await follow;
        _gate.Open.SetResult();
        var ended = await lake.Queries.WaitAsync(started.Id, null, CancellationToken.None);
        var unknown = await lake.Queries.FollowAsync("unknown", Patience, CancellationToken.None);

        Assert.False(halfway);
        Assert.Contains(found!.State, new[] { QueryState.Queued, QueryState.Running });
        Assert.Equal(QueryState.Succeeded, ended.State);
        Assert.Null(unknown);
    }

    /// <summary>A statement that runs until it is let through.</summary>
    private sealed class Gate : IStatementHandler
    {
        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Handles(string sql) => sql == "GATE";

        public bool GivesRows(string sql) => false;

        public Task<StatementRows> ReadAsync(string sql, string database, CancellationToken cancellation) =>
            throw new InvalidOperationException("it gives no rows");

        public async Task<string> ExecuteAsync(string sql, string database, CancellationToken cancellation)
        {
            await Open.Task.WaitAsync(cancellation);
            return "open";
        }
    }
}
