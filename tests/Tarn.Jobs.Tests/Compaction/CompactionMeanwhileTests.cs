using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Jobs.Compaction;
using Tarn.Jobs.Inputs;
using Tarn.Jobs.Runs;
using Tarn.Storage.Metadata;
using Tarn.Testing;

namespace Tarn.Jobs.Tests.Compaction;

/// <summary>What others do to objects, tables and jobs while a plan is under way.</summary>
public sealed class CompactionMeanwhileTests : IDisposable
{
    private static readonly TimeSpan Ripe = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private static readonly JobSpec Curate = new()
    {
        Name = "curate", Sql = "SELECT n FROM raw.events", Target = "curated.events", Bookmark = "raw.events",
    };

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = JobsLake.NewTime();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_SourceReplacedMeanwhile_GivesUpAndTakesItLater()
    {
        await using var lake = await WhenPutAsync(lake => EventsTable.PutAsync(lake, "a.json.gz", 7));

        await lake.Compaction.RunAsync(EventsTable.Name, default);
        Assert.Equal([2L, 7L], await EventsTable.RowsAsync(lake));
        Assert.Equal(["a.json.gz", "b.json.gz"], await EventsTable.NamesAsync(lake));

        _time.Advance(Ripe);
        await lake.Compaction.RunAsync(EventsTable.Name, default);
        _time.Advance(Grace);
        var status = await lake.Compaction.RunAsync(EventsTable.Name, default);
        Assert.Equal((2L, null), (status.ObjectsIn, status.Error));
        Assert.Equal([2L, 7L], await EventsTable.RowsAsync(lake));
        Assert.Single(await EventsTable.NamesAsync(lake));
        Assert.Empty(await lake.Metadata.ListAsync("compaction-plan", "", null, 10, default));
    }

    [Fact]
    public async Task Run_SourceDeletedMeanwhile_GivesUp()
    {
        await using var lake = await WhenPutAsync(
            lake => lake.Store.DeleteAsync(new("lake", EventsTable.Folder + "a.json.gz"), default));

        var status = await lake.Compaction.RunAsync(EventsTable.Name, default);

        Assert.Equal((0L, null), (status.ObjectsIn, status.Error));
        Assert.Equal([2L], await EventsTable.RowsAsync(lake));
        Assert.Equal(["b.json.gz"], await EventsTable.NamesAsync(lake));
    }

    [Fact]
    public async Task Run_ObjectPutUnderASourcesNameInTheGraceTime_CountsAndStays()
    {
        await using var lake = await WhenPutAsync(_ => Task.CompletedTask);
        await lake.Compaction.RunAsync(EventsTable.Name, default);
        await EventsTable.PutAsync(lake, "a.json.gz", 9);

        Assert.Equal([1L, 2L, 9L], await EventsTable.RowsAsync(lake));
        _time.Advance(Grace);
        await lake.Compaction.RunAsync(EventsTable.Name, default);
        Assert.Equal([1L, 2L, 9L], await EventsTable.RowsAsync(lake));
    }

    [Fact]
    public async Task DropTable_WhileThePlanIsUnderWay_LeavesTheSourcesAlone()
    {
        await using var lake = await WhenPutAsync(EventsTable.DropAsync, stops: true);
        await lake.Compaction.RunAsync(EventsTable.Name, default);
        await lake.DisposeAsync();

        await using var later = await JobsLake.OpenAsync(_directory.Path, _time, Faults.None);
        await EventsTable.MakeAsync(later);
        Assert.Equal([1L, 2L], await EventsTable.RowsAsync(later));
        await later.Compaction.RunAsync(EventsTable.Name, default);
        _time.Advance(Grace);
        await later.Compaction.RunAsync(EventsTable.Name, default);
        Assert.Equal([1L, 2L], await EventsTable.RowsAsync(later));
    }

    [Fact]
    public async Task DropTable_InTheGraceTime_ATableMadeAgainReadsEveryRowOnce()
    {
        await using var lake = await WhenPutAsync(_ => Task.CompletedTask);
        await lake.Compaction.RunAsync(EventsTable.Name, default);

        await EventsTable.DropAsync(lake);
        var waiting = Assert.Single(await lake.Compaction.ListAsync(default));
        Assert.Equal((null, 2), (waiting.Settings, waiting.ObjectsInGrace));
        await EventsTable.MakeAsync(lake);
        Assert.Equal([1L, 2L], await EventsTable.RowsAsync(lake));

        _time.Advance(Grace);
        await lake.Compaction.RunAsync(EventsTable.Name, default);
        Assert.Equal([1L, 2L], await EventsTable.RowsAsync(lake));
        Assert.Single(await EventsTable.NamesAsync(lake));
    }

    [Fact]
    public async Task DropPartition_InTheGraceTime_RegisteredElsewhereReadsEveryRowOnce()
    {
        await using var lake = await WhenPutAsync(_ => Task.CompletedTask);
        await lake.Compaction.RunAsync(EventsTable.Name, default);
        await lake.Catalog.DeletePartitionAsync(EventsTable.Name, ["2026", "11", "23", "03"], default);
        Assert.Empty(await EventsTable.RowsAsync(lake));

        await lake.Catalog.AddPartitionsAsync(
            EventsTable.Name, [new(["x", "x", "x", "x"], $"s3://lake/{EventsTable.Folder}", default)], default);

        Assert.Equal([1L, 2L], await EventsTable.RowsAsync(lake));
    }

    [Fact]
    public async Task SecondTable_OverTheSameFolder_ReadsEveryRowOnce()
    {
        await using var lake = await WhenPutAsync(_ => Task.CompletedTask);
        await lake.Catalog.CreateTableAsync(
            new Table
            {
                Name = new("raw", "other"),
                Storage = new()
                {
                    Columns = [new("n", "bigint")], Location = "s3://lake/raw/", SerDe = SerDeNames.OpenXJson,
                },
            },
            default);

        await lake.Compaction.RunAsync(EventsTable.Name, default);

        Assert.Equal([1L, 2L], await lake.SelectAsync("SELECT n FROM raw.other ORDER BY n"));
    }

    [Fact]
    public async Task JobRun_PlannedWhileTheObjectIsWritten_KeepsItsInputs()
    {
        var run = new RunResource
        {
            Run = new JobRun { Number = 1, Job = "curate", State = JobRunState.Running },
            Inputs = [new JobInput("lake", EventsTable.Folder + "a.json.gz", "etag", 1)],
        };
        await using var lake = await WhenPutAsync(lake => lake.Metadata.ApplyAsync(
            [
                MetadataChange.Put("job-run", "curate/999999999998",
                    JsonSerializer.Serialize(run, JobsJson.Default.RunResource)),
                InputMark.Move(InputMark.Planned),
            ],
            default));
        await lake.Jobs.PutAsync(Curate, default);

        var status = await lake.Compaction.RunAsync(EventsTable.Name, default);

        Assert.Equal((0L, 0L, null), (status.ObjectsIn, status.ObjectsOut, status.Error));
        Assert.Equal(["a.json.gz", "b.json.gz"], await EventsTable.NamesAsync(lake));
    }

    [Fact]
    public async Task JobRun_AfterCompaction_UsesEveryRowOnce()
    {
        await using var lake = await JobsLake.OpenAsync(_directory.Path, _time, Faults.None);
        await EventsTable.MakeAsync(lake);
        await lake.Jobs.PutAsync(Curate, default);
        await EventsTable.PutAsync(lake, "a.json.gz", 1);
        await EventsTable.PutAsync(lake, "b.json.gz", 2);
        await lake.Jobs.RunAsync("curate", default);
        await EventsTable.PutAsync(lake, "c.json.gz", 3);
        await EventsTable.PutAsync(lake, "d.json.gz", 4);
        _time.Advance(Ripe);

        var status = await lake.Compaction.RunAsync(EventsTable.Name, default);
        var run = await lake.Jobs.RunAsync("curate", default);

        Assert.Equal((4L, 2L), (status.ObjectsIn, status.ObjectsOut));
        Assert.Equal((1, 2L), (run.InputObjects, run.OutputRows));
        Assert.Equal([1L, 2L, 3L, 4L], await lake.ReadAsync("curated.events", "n"));
        _time.Advance(Grace);
        await lake.Compaction.RunAsync(EventsTable.Name, default);
        Assert.Equal(0, (await lake.Jobs.RunAsync("curate", default)).InputObjects);
        Assert.Equal([1L, 2L, 3L, 4L], await EventsTable.RowsAsync(lake));
    }

    [Fact]
    public async Task Update_SettingTakenAway_LeavesObjectsAndFinishesWhatIsInGrace()
    {
        await using var lake = await WhenPutAsync(_ => Task.CompletedTask);
        await lake.Compaction.RunAsync(EventsTable.Name, default);
        var table = (await lake.Catalog.FindTableAsync(EventsTable.Name, default))!;
        await lake.Catalog.UpdateTableAsync(table with { Parameters = new Dictionary<string, string>() }, default);
        await lake.DisposeAsync();
        _time.Advance(Grace);

        await using var later = await JobsLake.OpenAsync(_directory.Path, _time, Faults.None);
        for (var i = 0; i < 500 && (await later.Compaction.ListAsync(default)).Count > 0; i++)
        {
            await Task.Delay(20);
        }

        Assert.Equal([1L, 2L], await EventsTable.RowsAsync(later));
        Assert.Single(await EventsTable.NamesAsync(later));
    }

    /// <summary>
    /// A lake with two ripe objects, one row each, in which something happens when the new object has just been put.
    /// </summary>
    private async Task<JobsLake> WhenPutAsync(Func<JobsLake, Task> meanwhile, bool stops = false)
    {
        JobsLake? lake = null;
        var happened = false;
        bool At(string point)
        {
            if (happened || !point.StartsWith("put:after:", StringComparison.Ordinal))
            {
                return false;
            }

            happened = true;
            meanwhile(lake!).GetAwaiter().GetResult();
            return stops;
        }

        lake = await JobsLake.OpenAsync(_directory.Path, _time, stops ? Faults.StopAt(At) : Faults.Where(At));
        await EventsTable.MakeAsync(lake);
        await EventsTable.PutAsync(lake, "a.json.gz", 1);
        await EventsTable.PutAsync(lake, "b.json.gz", 2);
        _time.Advance(Ripe);
        return lake;
    }
}
