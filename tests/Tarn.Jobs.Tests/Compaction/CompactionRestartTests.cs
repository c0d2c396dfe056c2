using Microsoft.Extensions.Time.Testing;
using Tarn.Jobs.Compaction;
using Tarn.Testing;

namespace Tarn.Jobs.Tests.Compaction;

/// <summary>
/// Stopped anywhere and started again: every row once, before and after the repeat, and in the end one object.
/// </summary>
public sealed class CompactionRestartTests : IDisposable
{
    private static readonly TimeSpan Ripe = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);
    private static readonly IEnumerable<object?> Rows = [1L, 2L, 3L, 4L];

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = JobsLake.NewTime();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("apply:before:compaction-plan/", 1)]
    [InlineData("apply:after:compaction-plan/", 1)]
    [InlineData("put:before:", 1)]
    [InlineData("put:after:", 1)]
    [InlineData("apply:before:compaction-plan/", 2)]
    [InlineData("apply:after:compaction-plan/", 2)]
    public async Task Restart_StoppedBeforeOrAtTheSwitch_EveryRowOnce(string point, int occurrence)
    {
        var faults = StopAt(point, occurrence);
        await using (var lake = await JobsLake.OpenAsync(_directory.Path, _time, faults))
        {
            await MakeAsync(lake);
            await lake.Compaction.RunAsync(EventsTable.Name, default);

            Assert.True(faults.Hit.IsCompleted);
            Assert.Equal(Rows, await EventsTable.RowsAsync(lake));
        }

        await FinishAsync();
    }

    [Theory]
    [InlineData("delete:before:", 1)]
    [InlineData("delete:after:", 1)]
    [InlineData("delete:after:", 2)]
    [InlineData("apply:before:compaction-plan/", 3)]
    [InlineData("apply:after:compaction-plan/", 3)]
    public async Task Restart_StoppedAfterTheGraceTime_EveryRowOnce(string point, int occurrence)
    {
        var faults = StopAt(point, occurrence);
        await using (var lake = await JobsLake.OpenAsync(_directory.Path, _time, faults))
        {
            await MakeAsync(lake);
            await lake.Compaction.RunAsync(EventsTable.Name, default);
            _time.Advance(Grace);
            await lake.Compaction.RunAsync(EventsTable.Name, default);

            Assert.True(faults.Hit.IsCompleted);
            Assert.Equal(Rows, await EventsTable.RowsAsync(lake));
        }

        await FinishAsync();
    }

    [Fact]
    public async Task Select_BetweenAnyTwoSteps_SeesEveryRowOnce()
    {
        JobsLake? lake = null;
        var seen = new List<(string Point, IReadOnlyList<object?> Rows)>();
        var faults = Faults.Where(point =>
        {
            seen.Add((point, EventsTable.RowsAsync(lake!).GetAwaiter().GetResult()));
            return false;
        });
        await using (lake = await JobsLake.OpenAsync(_directory.Path, _time, faults))
        {
            await MakeAsync(lake);
            await lake.Compaction.RunAsync(EventsTable.Name, default);
            _time.Advance(Grace);
            await lake.Compaction.RunAsync(EventsTable.Name, default);
        }

        Assert.All(seen, look => Assert.Equal(Rows, look.Rows));
        Assert.Equal(3, seen.Count(look => look.Point.StartsWith("apply:after:", StringComparison.Ordinal)));
        Assert.Equal(2, seen.Count(look => look.Point.StartsWith("delete:after:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Run_StoresThatFailAtRandom_EveryRowOnceForReadersAndJobs(int seed)
    {
        var random = new Random(seed);
        var sent = new List<object?>();
        var curate = new JobSpec
        {
            Name = "curate", Sql = "SELECT n FROM raw.events", Target = "curated.events", Bookmark = "raw.events",
        };
        await using (var lake = await JobsLake.OpenAsync(_directory.Path, _time, Faults.None))
        {
            await EventsTable.MakeAsync(lake);
            await lake.Jobs.PutAsync(curate, default);
        }

        for (var round = 0; round < 4; round++)
        {
            await using var lake = await JobsLake.OpenAsync(
                _directory.Path, _time, Faults.Random(random.Next(), share: 0.15));
            for (var step = 0; step < 6; step++)
            {
                await EventsTable.PutAsync(lake, $"{round}-{step}.json.gz", sent.Count, sent.Count + 1);
                sent.AddRange([(long)sent.Count, (long)sent.Count + 1]);
                _time.Advance(random.Next(3) == 0 ? Ripe : TimeSpan.FromMinutes(3));
                var running = random.Next(2) == 0
                    ? Record.ExceptionAsync(() => lake.Jobs.RunAsync("curate", default))
                    : Task.FromResult<Exception?>(null);
                await Record.ExceptionAsync(() => lake.Compaction.RunAsync(EventsTable.Name, default));
                Assert.Equal(sent, await EventsTable.RowsAsync(lake));
                await running;
            }
        }

        await using var last = await JobsLake.OpenAsync(_directory.Path, _time, Faults.None);
        for (var i = 0; i < 4; i++)
        {
            await last.Jobs.RunAsync("curate", default);
            _time.Advance(Ripe);
            var status = await last.Compaction.RunAsync(EventsTable.Name, default);
            Assert.Null(status.Error);
        }

        Assert.Equal(sent, await EventsTable.RowsAsync(last));
        Assert.Equal(sent, await last.ReadAsync("curated.events", "n"));
        Assert.Single(await EventsTable.NamesAsync(last));
        Assert.Single(await last.Metadata.ListAsync("job-input", "curate/", null, 1000, default));
    }

    private static Faults StopAt(string point, int occurrence)
    {
        var met = 0;
        return Faults.StopAt(at => at.StartsWith(point, StringComparison.Ordinal) && ++met == occurrence);
    }

    private async Task MakeAsync(JobsLake lake)
    {
        await EventsTable.MakeAsync(lake);
        await EventsTable.PutAsync(lake, "a.json.gz", 1, 2);
        await EventsTable.PutAsync(lake, "b.json.gz", 3, 4);
        _time.Advance(Ripe);
    }

    private async Task FinishAsync()
    {
        await using var lake = await JobsLake.OpenAsync(_directory.Path, _time, Faults.None);
        Assert.Equal(Rows, await EventsTable.RowsAsync(lake));
        Assert.Null((await lake.Compaction.RunAsync(EventsTable.Name, default)).Error);
        Assert.Equal(Rows, await EventsTable.RowsAsync(lake));
        _time.Advance(Grace);
        Assert.Null((await lake.Compaction.RunAsync(EventsTable.Name, default)).Error);
        Assert.Equal(Rows, await EventsTable.RowsAsync(lake));
        Assert.StartsWith("compacted-", Assert.Single(await EventsTable.NamesAsync(lake)), StringComparison.Ordinal);
        Assert.Empty(await lake.Metadata.ListAsync("excluded-objects", "", null, 10, default));
        Assert.Empty(Directory.EnumerateFileSystemEntries(lake.Store.StagingDirectory, "compaction-0*"));
    }
}
