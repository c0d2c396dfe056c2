using Tarn.Storage.Metadata;

namespace Tarn.Storage.Tests.Metadata;

public sealed class MetadataWatchTests
{
    private readonly MetadataWatches _watches = new();

    [Fact]
    public void Look_AroundAChange_IsNullMeanwhileAndAnotherNumberAfterwards()
    {
        using var watch = _watches.Add("partition", "db/t/");
        var before = watch.Look();

        var batch = _watches.Begin([MetadataChange.Create("partition", "db/t/1", "{}")]);
        var meanwhile = watch.Look();
        batch.Dispose();

        Assert.NotNull(before);
        Assert.Null(meanwhile);
        Assert.NotNull(watch.Look());
        Assert.NotEqual(before, watch.Look());
    }

    [Fact]
    public void Look_TwoChangesAtOnce_IsNullUntilBothHaveEnded()
    {
        using var watch = _watches.Add("partition", "db/t/");
        var first = _watches.Begin([MetadataChange.Delete("partition", "db/t/1")]);
        var second = _watches.Begin([MetadataChange.Put("partition", "db/t/2", "{}")]);

        second.Dispose();
        var between = watch.Look();
        first.Dispose();

        Assert.Null(between);
        Assert.NotNull(watch.Look());
    }

    [Fact]
    public void Look_WatchMadeDuringAChange_IsNullUntilThatHasEnded()
    {
        var batch = _watches.Begin([MetadataChange.DeletePrefix("partition", "db/")]);

        using var watch = _watches.Add("partition", "db/t/");
        var meanwhile = watch.Look();
        batch.Dispose();

        Assert.Null(meanwhile);
        Assert.NotNull(watch.Look());
    }

    [Fact]
    public void Look_OtherResources_StaysTheSame()
    {
        using var watch = _watches.Add("partition", "db/t/");
        var before = watch.Look();

        using var batch = _watches.Begin(
        [
            MetadataChange.Put("table", "db/t/1", "{}"),
            MetadataChange.Put("partition", "db/t2/1", "{}"),
            MetadataChange.Require("partition", "db/t/1"),
            MetadataChange.DeletePrefix("partition", "db/u/"),
        ]);

        Assert.NotNull(before);
        Assert.Equal(before, watch.Look());
    }

    [Fact]
    public void Look_OfAStoreThatCannotTell_IsAlwaysNull()
    {
        using var watch = MetadataWatch.Blind("partition", "");

        Assert.Null(watch.Look());
    }

    [Fact]
    public async Task Watch_OfTheStore_SeesWhatIsAppliedAndWhatIsRefused()
    {
        await using var lake = await TestLake.OpenAsync();
        var store = lake.Storage.Metadata;
        using var watch = store.Watch("partition", "db/t/");
        var numbers = new List<long?> { watch.Look() };

        await store.ApplyAsync([MetadataChange.Create("partition", "db/t/1", "{}")], CancellationToken.None);
        numbers.Add(watch.Look());
        await Assert.ThrowsAnyAsync<Exception>(() => store.ApplyAsync(
            [MetadataChange.Create("partition", "db/t/1", "{}")], CancellationToken.None));
        numbers.Add(watch.Look());
        await store.ApplyAsync([MetadataChange.Create("partition", "db/u/1", "{}")], CancellationToken.None);

        Assert.DoesNotContain(null, numbers);
        Assert.Equal(3, numbers.Distinct().Count());
        Assert.Equal(numbers[^1], watch.Look());
    }
}
