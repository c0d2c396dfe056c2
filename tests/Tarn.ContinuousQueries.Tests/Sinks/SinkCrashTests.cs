using Tarn.ContinuousQueries.Sinks;
using Tarn.Primitives.Errors;
using Tarn.Streams;

namespace Tarn.ContinuousQueries.Tests.Sinks;

/// <summary>Kills between the steps of an epoch: each row is in the target once.</summary>
public sealed class SinkCrashTests
{
    [Theory]
    [InlineData(HangingTarget.Step.BeforeStaged, 1)]
    [InlineData(HangingTarget.Step.BeforeStaged, 2)]
    [InlineData(HangingTarget.Step.BeforeDelivered, 1)]
    [InlineData(HangingTarget.Step.BeforeDelivered, 2)]
    [InlineData(HangingTarget.Step.PartDelivered, 1)]
    [InlineData(HangingTarget.Step.PartDelivered, 2)]
    [InlineData(HangingTarget.Step.BeforeMarked, 1)]
    [InlineData(HangingTarget.Step.BeforeMarked, 2)]
    public async Task Crash_BetweenSteps_DeliversEveryRowOnce(object step, int epoch)
    {
        await using var lake = await OpenAsync();
        HangingTarget? target = null;
        lake.Target = inner => target = new HangingTarget(inner, (HangingTarget.Step)step, epoch);
        await lake.RestartAsync();
        var sent = new List<string>();
        await PutAsync(lake, sent, 40);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!target!.Reached.IsCompleted)
        {
            await PutAsync(lake, sent, 10);
            await Task.WhenAny(target.Reached, Task.Delay(50, limit.Token));
            limit.Token.ThrowIfCancellationRequested();
        }

        lake.Target = null;
        await lake.CrashAsync();
        await PutAsync(lake, sent, 30);
        await lake.SettleAsync("s");
        await lake.RestartAsync();
        await lake.SettleAsync("s");

        Assert.Equal(sent.Order(StringComparer.Ordinal), await lake.PayloadsAsync("out"));
    }

    [Fact]
    public async Task Crash_WithTargetSplitMeanwhile_DeliversEveryRowOnce()
    {
        await using var lake = await OpenAsync();
        HangingTarget? target = null;
        lake.Target = inner => target = new HangingTarget(inner, HangingTarget.Step.PartDelivered, epoch: 1);
        await lake.RestartAsync();
        var sent = new List<string>();
        await PutAsync(lake, sent, 60);
        await target!.Reached.WaitAsync(TimeSpan.FromSeconds(30));
        var shard = lake.Streams.Find("out")!.Shards[0];
        await lake.Streams.SplitAsync("out", shard.ShardId, UInt128.MaxValue / 4, CancellationToken.None);

        lake.Target = null;
        await lake.CrashAsync();
        await lake.SettleAsync("s");

        Assert.Equal(sent.Order(StringComparer.Ordinal), await lake.PayloadsAsync("out"));
    }

    [Theory]
    [InlineData("snapshot-*")]
    [InlineData("epoch-*")]
    public async Task Start_StateOrOutputGone_IsRefusedInsteadOfRepeated(string files)
    {
        await using var lake = await OpenAsync();
        HangingTarget? target = null;
        lake.Target = inner => target = new HangingTarget(inner, HangingTarget.Step.BeforeDelivered, epoch: 1);
        await lake.RestartAsync();
        await PutAsync(lake, [], 10);
        await target!.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        lake.Target = null;
        var id = lake.Engine.FindSink("s")!.Spec.Id;
        await lake.CrashAsync(directory => Delete(directory, id, files));
        await Assert.ThrowsAsync<TarnException>(() => lake.SettleAsync("s"));

        var status = Assert.Single(lake.Engine.ListSinks());
        Assert.Equal(SinkPhase.Failed, status.Phase);
        Assert.Contains("what sink 's' has put out already is not known any more", status.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OutputThatNoSnapshotNames_IsRemoved()
    {
        await using var lake = await OpenAsync();
        await PutAsync(lake, [], 10);
        await lake.SettleAsync("s");

        var id = lake.Engine.FindSink("s")!.Spec.Id;
        await lake.CrashAsync(directory => File.WriteAllText(
            Path.Combine(directory, id, "epoch-9-99.tarnsink"), "torn"));
        await lake.SettleAsync("s");

        Assert.Equal(10, (await lake.RecordsAsync("out")).Count);
        Assert.Empty(Directory.EnumerateFiles(lake.ViewsDirectory, "epoch-9*", SearchOption.AllDirectories));
    }

    private static void Delete(string directory, string id, string files)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(directory, id), files))
        {
            File.Delete(file);
        }
    }

    private static async Task<Lake> OpenAsync()
    {
        var lake = await Lake.OpenAsync();
        await lake.Streams.CreateAsync(new StreamSpec { Name = "out", ShardCount = 2 }, CancellationToken.None);
        await lake.RunAsync(
            "CREATE MATERIALIZED VIEW all_of_them WITH (ttl = '1 day') AS SELECT user_id, score FROM scores");
        await lake.RunAsync(
            "CREATE SINK s FROM all_of_them INTO STREAM 'out' FORMAT JSON WITH (commit_interval = '5 milliseconds')");
        return lake;
    }

    private static async Task PutAsync(Lake lake, List<string> sent, int count)
    {
        var more = Enumerable.Range(sent.Count, count)
            .Select(i => $$"""{"user_id":"u{{i}}","score":{{i}}}""").ToList();
        sent.AddRange(more);
        await lake.PutAsync(more);
    }
}
