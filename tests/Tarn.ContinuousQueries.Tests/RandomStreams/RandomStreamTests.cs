using Xunit.Abstractions;

namespace Tarn.ContinuousQueries.Tests.RandomStreams;

/// <summary>
/// Every kind of view over random streams against the same SELECT run by DuckDB over all records at once. Nothing is
/// late here, as the watermark stays further behind than events do, so what comes out cannot depend on how records fell
/// into batches.
/// </summary>
public sealed class RandomStreamTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("calm", 1)]
    [InlineData("an idle shard, killed", 2)]
    [InlineData("resharded", 3)]
    [InlineData("resharded and killed", 4)]
    [InlineData("dated ahead", 5)]
    [InlineData("many nulls and repeats", 6)]
    public async Task PlainKinds_EqualBatch(string shape, int seed)
    {
        var source = EventTable.PlainSource("events");
        await using var run = await KindRun.OpenAsync(StreamShape.Named(shape), seed, source, output);
        await run.CreateAsync([.. ViewKinds.Plain, .. ViewKinds.Further]);
        Assert.Subset(run.Taken.ToHashSet(), ViewKinds.Plain.Where(kind => !kind.MayBeRefused).ToHashSet());

        await run.GrowAsync();

        await run.AssertEqualAsync(DateTime.MaxValue);
    }
}
