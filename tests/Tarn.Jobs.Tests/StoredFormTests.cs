using System.Text.Json;
using Tarn.Jobs.Compaction.Merging;
using Tarn.Jobs.Compaction.Plans;
using Tarn.Jobs.Inputs;
using Tarn.Jobs.Runs;

namespace Tarn.Jobs.Tests;

/// <summary>Resources written by version 1 are read, and what is written now has the same form.</summary>
public sealed class StoredFormTests
{
    [Fact]
    public void Job_OfVersion1_IsReadAndWrittenTheSame()
    {
        var json = Read("job.json");

        var job = JsonSerializer.Deserialize(json, JobsJson.Default.JobResource)!;

        Assert.Equal("*/5 * * * *", job.Spec.Schedule);
        Assert.Equal(["hour"], job.Spec.PartitionedBy);
        Assert.Equal(json, JsonSerializer.Serialize(job, JobsJson.Default.JobResource));
    }

    [Fact]
    public void Run_OfVersion1_IsReadAndWrittenTheSame()
    {
        var json = Read("job-run.json");

        var run = JsonSerializer.Deserialize(json, JobsJson.Default.RunResource)!;

        Assert.Equal(JobRunState.Running, run.Run.State);
        Assert.Equal(
            new JobInput("lake", "raw/scores/hour=04/a.json.gz", "0cc175b9c0f1b6a831c399e269772661", 74),
            Assert.Single(run.Inputs));
        Assert.Equal(json, JsonSerializer.Serialize(run, JobsJson.Default.RunResource));
    }

    [Fact]
    public void BookmarkAndInput_OfVersion1_AreRead()
    {
        Assert.Equal(
            new JobBookmark(12, 11),
            JsonSerializer.Deserialize(Read("job-bookmark.json"), JobsJson.Default.JobBookmark));
        Assert.Equal(
            new UsedInput(12, "0cc175b9c0f1b6a831c399e269772661"),
            JsonSerializer.Deserialize(Read("job-input.json"), JobsJson.Default.UsedInput));
    }

    [Fact]
    public void CompactionPlan_OfVersion1_IsReadAndWrittenTheSame()
    {
        var json = Read("compaction-plan.json");

        var plan = JsonSerializer.Deserialize(json, JobsJson.Default.CompactionPlan)!;

        Assert.Equal((PlanState.Planned, MergeFormat.Json, "gzip"), (plan.State, plan.Format, plan.Codec));
        Assert.Equal(74, Assert.Single(plan.Sources).Size);
        Assert.Equal(json, JsonSerializer.Serialize(plan, JobsJson.Default.CompactionPlan));
    }

    [Fact]
    public void CompactionTotals_OfVersion1_AreReadAndWrittenTheSame()
    {
        var json = Read("compaction.json");

        var totals = JsonSerializer.Deserialize(json, JobsJson.Default.CompactionTotals)!;

        Assert.Equal((120, 2), (totals.ObjectsIn, totals.ObjectsOut));
        Assert.Equal(json, JsonSerializer.Serialize(totals, JobsJson.Default.CompactionTotals));
    }

    private static string Read(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "v1", file)).TrimEnd();
}
