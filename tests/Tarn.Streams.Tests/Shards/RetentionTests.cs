using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Streams.Tests.Shards;

public sealed class RetentionTests
{
    [Fact]
    public async Task Read_RecordsPastRetention_AreSkippedBeforeTheyAreRemoved()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "old");
        lake.Clock.Advance(TimeSpan.FromHours(23));
        var young = await lake.PutAsync("scores", "young");

        Assert.Equal(["old", "young"], await lake.TextsAsync("scores"));
        lake.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(["young"], await lake.TextsAsync("scores"));
        Assert.Equal(young.SequenceNumber, await lake.ResolveAsync("scores", new StartPosition.TrimHorizon()));
        lake.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Empty(await lake.TextsAsync("scores"));
        var read = await lake.ReadAsync("scores", SequenceNumber.Zero);
        Assert.Equal((young.SequenceNumber.Next, 0L), (read.Next, read.MillisBehindLatest));
    }

    [Fact]
    public async Task Upkeep_SegmentsPastRetention_AreRemovedAndNumbersGoOn()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        for (var hour = 0; hour < 30; hour++)
        {
            await lake.PutAsync("scores", $"hour {hour}");
            lake.Clock.Advance(TimeSpan.FromHours(1));
        }

        await lake.TrimAsync("scores");
        var kept = lake.Segments("scores").Length;
        var texts = await lake.TextsAsync("scores");
        await lake.RestartAsync();

        Assert.Equal(25, kept);
        Assert.Equal([.. Enumerable.Range(6, 24).Select(hour => $"hour {hour}"), "after trim", "after trim"], texts);
        Assert.Equal(texts, await lake.TextsAsync("scores"));
    }

    [Fact]
    public async Task Upkeep_IdleShardPastRetention_IsEmptiedAndKeepsItsNumbers()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var last = (await lake.PutAsync("scores", "old")).SequenceNumber;
        var old = lake.Segments("scores");
        lake.Clock.Advance(TimeSpan.FromHours(25));

        lake.Registry.RequestUpkeep();
        await lake.RestartAsync();

        Assert.NotEqual(old, lake.Segments("scores"));
        Assert.Equal(64, new FileInfo(lake.Segments("scores").Single()).Length);
        Assert.Equal(last.Next, await lake.ResolveAsync("scores", new StartPosition.Latest()));
        Assert.Equal(last.Next, (await lake.PutAsync("scores", "new")).SequenceNumber);
        Assert.Equal(["new"], await lake.TextsAsync("scores"));
    }

    [Fact]
    public async Task Timer_RetentionInterval_Trims()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "old");
        var old = lake.Segments("scores");

        lake.Clock.Advance(TimeSpan.FromHours(25));
        await lake.StopAsync();
        await lake.StartAsync();

        Assert.NotEqual(old, lake.Segments("scores"));
    }

    [Fact]
    public async Task SetRetention_Longer_ShowsMoreAndSurvivesRestart()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "old");
        await lake.SetRetentionAsync("scores", 48);
        lake.Clock.Advance(TimeSpan.FromHours(30));

        Assert.Equal(["old"], await lake.TextsAsync("scores"));
        await lake.RestartAsync();
        Assert.Equal(48, lake.Streams.Find("scores")!.Spec.RetentionHours);
        Assert.Equal(["old"], await lake.TextsAsync("scores"));
        await lake.SetRetentionAsync("scores", 24);
        Assert.Empty(await lake.TextsAsync("scores"));
    }

    [Theory]
    [InlineData(23)]
    [InlineData(8761)]
    public async Task SetRetention_OutOfBounds_IsInvalid(int hours)
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");

        var error = await Assert.ThrowsAsync<TarnException>(
            () => lake.SetRetentionAsync("scores", hours));

        Assert.Equal(ErrorKind.Invalid, error.Kind);
    }

    [Fact]
    public async Task Append_ClockSetBack_ArrivalTimesDoNotDecrease()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        lake.Clock.Advance(TimeSpan.FromHours(1));
        await lake.PutAsync("scores", "first");
        lake.Clock.AdjustTime(lake.Clock.GetUtcNow().AddMinutes(-30));
        await lake.PutAsync("scores", "second");

        var read = await lake.ReadAsync("scores", SequenceNumber.Zero);

        Assert.Equal(read.Records[0].ArrivalTime, read.Records[1].ArrivalTime);
    }
}
