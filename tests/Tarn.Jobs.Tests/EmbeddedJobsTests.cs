using Microsoft.Extensions.Time.Testing;
using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Jobs.Runs;
using Tarn.Primitives.Errors;
using Tarn.Testing;

namespace Tarn.Jobs.Tests;

public sealed class EmbeddedJobsTests : IDisposable
{
    private static readonly JobSpec Curate = new()
    {
        Name = "curate",
        Sql = "SELECT n, game, hour FROM raw.scores",
        Target = "curated.scores",
        PartitionedBy = ["hour"],
        Bookmark = "raw.scores",
    };

    private static readonly JobSpec Totals = new()
    {
        Name = "totals",
        Sql = "SELECT game, count(*) AS games FROM raw.scores GROUP BY game",
        Target = "curated.totals",
    };

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = JobsLake.NewTime();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_NewInputs_AreUsedOnceEach()
    {
        await using var lake = await CreateAsync(Curate);
        await lake.PutRawAsync("04", "a", 1, 2);
        await lake.PutRawAsync("05", "b", 3);

        var first = await lake.Jobs.RunAsync("curate", default);
        await lake.PutRawAsync("05", "c", 4, 5);
        var second = await lake.Jobs.RunAsync("curate", default);

        Assert.Equal((1, JobRunState.Succeeded, 2, 2, 3), Summary(first));
        Assert.Equal((2, JobRunState.Succeeded, 1, 1, 2), Summary(second));
        Assert.Equal([1L, 2L, 3L, 4L, 5L], await lake.ReadAsync("curated.scores", "n"));
        Assert.Equal(
            [
                "curated/scores/hour=04/curate-00000001-0.parquet",
                "curated/scores/hour=05/curate-00000001-0.parquet",
                "curated/scores/hour=05/curate-00000002-0.parquet",
            ],
            await lake.KeysAsync("curated/"));
        Assert.True(first.OutputBytes > 0 && first.InputBytes > 0);
        Assert.Empty(Directory.GetFileSystemEntries(lake.Store.StagingDirectory));
    }

    [Fact]
    public async Task Run_TargetMissing_IsMadeFromTheResult()
    {
        await using var lake = await CreateAsync(Curate);

        var run = await lake.Jobs.RunAsync("curate", default);

        Assert.Equal((1, JobRunState.Succeeded, 0, 0, 0), Summary(run));
        var table = (await lake.Catalog.FindTableAsync(new TableName("curated", "scores"), default))!;
        Assert.Equal([new Column("n", "bigint"), new Column("game", "string")], table.Storage.Columns);
        Assert.Equal([new Column("hour", "string")], table.PartitionKeys);
        Assert.Equal(SerDeNames.Parquet, table.Storage.SerDe);
        Assert.Equal("s3://lake/curated/scores/", table.Storage.Location);
    }

    [Fact]
    public async Task Run_NothingNew_SucceedsWithoutOutputs()
    {
        await using var lake = await CreateAsync(Curate);
        await lake.PutRawAsync("04", "a", 1, 2);
        await lake.Jobs.RunAsync("curate", default);
        await lake.PutRawAsync("04", "a", 1, 2);

        var run = await lake.Jobs.RunAsync("curate", default);

        Assert.Equal((2, JobRunState.Succeeded, 0, 0, 0), Summary(run));
        Assert.Single(await lake.KeysAsync("curated/"));
    }

    [Fact]
    public async Task Run_WithoutBookmark_ReplacesTheTarget()
    {
        await using var lake = await CreateAsync(Totals);
        await lake.PutRawAsync("04", "a", 1, 2, 3);
        var first = await lake.Jobs.RunAsync("totals", default);
        Assert.Equal([1L, 2L], await lake.ReadAsync("curated.totals", "games"));
        await lake.PutRawAsync("05", "b", 4, 6, 8);

        await lake.Jobs.RunAsync("totals", default);
        await lake.Jobs.RunAsync("totals", default);

        Assert.Equal((1, JobRunState.Succeeded, 1, 1, 2), Summary(first));
        Assert.Equal([2L, 4L], await lake.ReadAsync("curated.totals", "games"));
        Assert.Equal(
            ["curated/totals/totals-00000002/totals-00000002-0.parquet",
                "curated/totals/totals-00000003/totals-00000003-0.parquet"],
            await lake.KeysAsync("curated/"));
    }

    [Fact]
    public async Task Run_PartitionedWithoutBookmark_SwitchesAllPartitions()
    {
        await using var lake = await CreateAsync(Totals with
        {
            Sql = "SELECT n, hour FROM raw.scores WHERE n > 1", PartitionedBy = ["hour"],
        });
        await lake.PutRawAsync("04", "a", 1, 2);
        await lake.Jobs.RunAsync("totals", default);
        await lake.PutRawAsync("04", "a", 1);
        await lake.PutRawAsync("05", "b", 3);

        await lake.Jobs.RunAsync("totals", default);

        Assert.Equal([3L], await lake.ReadAsync("curated.totals", "n"));
        var partitions = await lake.Catalog.ListPartitionsAsync(new TableName("curated", "totals"), default);
        Assert.Equal("05", Assert.Single(partitions).Values[0]);
    }

    [Fact]
    public async Task Run_FailingSql_KeepsTheReasonAndTheInputs()
    {
        await using var lake = await CreateAsync(Curate with
        {
            Sql = "SELECT n, CAST(game AS bigint) AS game, hour FROM raw.scores",
        });
        await lake.PutRawAsync("04", "a", 1, 2);

        var failed = await lake.Jobs.RunAsync("curate", default);
        await lake.Jobs.PutAsync(Curate with { Target = "curated.other" }, default);
        var repaired = await lake.Jobs.RunAsync("curate", default);

        Assert.Equal(JobRunState.Failed, failed.State);
        Assert.NotEmpty(failed.Error!);
        Assert.Equal((2, JobRunState.Succeeded, 1, 1, 2), Summary(repaired));
        Assert.Equal([1L, 2L], await lake.ReadAsync("curated.other", "n"));
        var runs = await lake.Jobs.ListRunsAsync("curate", 10, default);
        Assert.Equal([2, 1], runs.Select(run => run.Number));
        Assert.Equal(failed, runs[1]);
    }

    [Theory]
    [InlineData("SELEC 1", "line 1:")]
    [InlineData("SELECT x.n, 'a' AS game, '1' AS hour FROM nowhere.x", "nowhere")]
    public async Task Run_SqlThatDoesNotCompile_IsAFailedRun(string sql, string reason)
    {
        await using var lake = await CreateAsync(Curate with { Sql = sql });

        var run = await lake.Jobs.RunAsync("curate", default);

        Assert.Equal(JobRunState.Failed, run.State);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BookmarkTableNotRead_IsAFailedRun()
    {
        await using var lake = await CreateAsync(Curate with { Sql = "SELECT 1 AS n, 'a' AS game, '04' AS hour" });

        var run = await lake.Jobs.RunAsync("curate", default);

        Assert.Contains("does not read its bookmark table 'raw.scores'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TargetWithOtherColumns_IsAFailedRun()
    {
        await using var lake = await CreateAsync(Curate);
        await lake.PutRawAsync("04", "a", 1);
        await lake.Jobs.RunAsync("curate", default);
        await lake.Jobs.PutAsync(
            Curate with { Sql = "SELECT CAST(n AS double) AS n, game, hour FROM raw.scores" }, default);
        await lake.PutRawAsync("04", "b", 2);

        var run = await lake.Jobs.RunAsync("curate", default);

        Assert.Equal(JobRunState.Failed, run.State);
        Assert.Contains(
            "only in the table: n bigint; only in the result: n double", run.Error, StringComparison.Ordinal);
        Assert.Equal([1L], await lake.ReadAsync("curated.scores", "n"));
    }

    [Fact]
    public async Task Run_PartitionValuesWithSpecialLetters_AreKept()
    {
        await using var lake = await CreateAsync(Curate with
        {
            Sql = "SELECT n, 'New York/a=b%20' AS hour FROM raw.scores",
        });
        await lake.PutRawAsync("04", "a", 1);

        await lake.Jobs.RunAsync("curate", default);

        var partitions = await lake.Catalog.ListPartitionsAsync(new TableName("curated", "scores"), default);
        Assert.Equal("New York/a=b%20", Assert.Single(partitions).Values[0]);
        Assert.Equal([1L], await lake.ReadAsync("curated.scores", "n"));
    }

    [Fact]
    public async Task Schedule_WhenDue_RunsOnceAndShowsTheNext()
    {
        await using var lake = await CreateAsync(Curate with { Schedule = "*/5 * * * *" });
        await lake.PutRawAsync("04", "a", 1);
        var before = (await lake.Jobs.FindAsync("curate", default))!;

        _time.Advance(TimeSpan.FromSeconds(179));
        await UntilAsync(async () => (await lake.Jobs.FindAsync("curate", default))!.LastRun?.EndedAt is not null);

        var after = (await lake.Jobs.FindAsync("curate", default))!;
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 4, 35, 0, TimeSpan.Zero), before.NextRunAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 4, 40, 0, TimeSpan.Zero), after.NextRunAt);
        Assert.Equal((1, JobRunState.Succeeded, 1, 1, 1), Summary(after.LastRun!));
    }

    [Fact]
    public async Task Schedule_MissedWhileDown_RunsOnceAtStart()
    {
        await using (var lake = await CreateAsync(Curate with { Schedule = "*/5 * * * *" }))
        {
            await lake.PutRawAsync("04", "a", 1);
        }

        _time.Advance(TimeSpan.FromHours(3));
        await using var again = await JobsLake.OpenAsync(_directory.Path, _time, Faults.None);
        await UntilAsync(
            async () => (await again.Jobs.FindAsync("curate", default))!.LastRun?.EndedAt is not null, TimeSpan.Zero);

        var status = (await again.Jobs.FindAsync("curate", default))!;
        Assert.Equal(1, status.LastRun!.Number);
        Assert.True(status.NextRunAt > _time.GetUtcNow());
    }

    [Fact]
    public async Task ListRuns_MoreThanKept_ForgetsTheOldest()
    {
        await using var lake = await CreateAsync(Curate);
        for (var i = 0; i < 7; i++)
        {
            await lake.Jobs.RunAsync("curate", default);
        }

        var runs = await lake.Jobs.ListRunsAsync("curate", 100, default);
        Assert.Equal([7, 6, 5, 4, 3], runs.Select(run => run.Number));
    }

    [Fact]
    public async Task Delete_ForgetsAllButTheTarget()
    {
        await using var lake = await CreateAsync(Curate);
        await lake.PutRawAsync("04", "a", 1);
        await lake.Jobs.RunAsync("curate", default);

        await lake.Jobs.DeleteAsync("curate", default);

        Assert.Null(await lake.Jobs.FindAsync("curate", default));
        Assert.Equal([1L], await lake.ReadAsync("curated.scores", "n"));
        foreach (var kind in new[] { "job", "job-run", "job-input", "job-bookmark" })
        {
            Assert.Empty(await lake.Metadata.ListAsync(kind, "", null, 10, default));
        }

        var failure = await Assert.ThrowsAsync<TarnException>(() => lake.Jobs.RunAsync("curate", default));
        Assert.Equal(ErrorKind.NotFound, failure.Kind);
    }

    private static (long Number, JobRunState State, int Inputs, int Outputs, long Rows) Summary(JobRun run) =>
        (run.Number, run.State, run.InputObjects, run.OutputObjects, run.OutputRows);

    private async Task<JobsLake> CreateAsync(JobSpec spec)
    {
        var lake = await JobsLake.CreateAsync(_directory.Path, _time, Faults.None);
        await lake.Jobs.PutAsync(spec, default);
        return lake;
    }

    private async Task UntilAsync(Func<Task<bool>> isSo, TimeSpan? step = null)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await isSo())
        {
            await Task.Delay(5, giveUp.Token);
            _time.Advance(step ?? TimeSpan.FromMilliseconds(100));
        }
    }
}
