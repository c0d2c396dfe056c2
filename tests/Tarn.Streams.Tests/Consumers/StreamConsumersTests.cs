using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;
using Tarn.Streams.Consumers;
using Tarn.Streams.Metrics;

namespace Tarn.Streams.Tests.Consumers;

public sealed class StreamConsumersTests
{
    [Fact]
    public async Task Register_Consumers_AreListedByNameAndSurviveRestart()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var tags = StreamSpec.NoTags.Add("team", "games");

        var second = await lake.Consumers.RegisterAsync("scores", "second", tags, CancellationToken.None);
        lake.Clock.Advance(TimeSpan.FromSeconds(5));
        await lake.Consumers.RegisterAsync("scores", "first", StreamSpec.NoTags, CancellationToken.None);
        await lake.RestartAsync();

        Assert.Equal(["first", "second"], lake.Consumers.List("scores").Select(consumer => consumer.Name));
        var found = lake.Consumers.Find("scores", "second")!;
        Assert.Equal(second with { Tags = found.Tags }, found);
        Assert.Equal(tags.AsEnumerable(), found.Tags.AsEnumerable());
        Assert.Equal(found.CreatedAt.AddSeconds(5), lake.Consumers.Find("scores", "first")!.CreatedAt);
        Assert.Null(lake.Consumers.Find("scores", "third"));
        Assert.Null(lake.Consumers.Find("other", "first"));
    }

    [Fact]
    public async Task Register_TwiceTooManyOrWrong_IsRefused()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        for (var i = 0; i < 20; i++)
        {
            await RegisterAsync(lake, "scores", $"c{i}");
        }

        Assert.Equal(ErrorKind.LimitExceeded, await ErrorAsync(() => RegisterAsync(lake, "scores", "one-more")));
        Assert.Equal(ErrorKind.AlreadyExists, await ErrorAsync(() => RegisterAsync(lake, "scores", "c7")));
        Assert.Equal(ErrorKind.Invalid, await ErrorAsync(() => RegisterAsync(lake, "scores", "a/b")));
        Assert.Equal(ErrorKind.NotFound, await ErrorAsync(() => RegisterAsync(lake, "other", "c")));
        Assert.Equal(ErrorKind.Invalid, await ErrorAsync(() => lake.Consumers.SetTagsAsync(
            "scores", "c1", tags => tags.Add("", "x"), CancellationToken.None)));
        Assert.Equal(20, lake.Consumers.List("scores").Count);
    }

    [Fact]
    public async Task Follow_WhilePushed_ShowsAgeAndRecordsOfWhatHasNotGone()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var consumer = await lake.Consumers.RegisterAsync("scores", "c", StreamSpec.NoTags, CancellationToken.None);
        var outcomes = await lake.PutAsync("scores", [Lake.Entry("1"), Lake.Entry("2")]);
        var lags = new ConsumerLags(lake.Registry, [(IConsumerPositions)lake.Consumers]);

        var before = lags.List();
        using (var progress = lake.Consumers.Follow(consumer, Lake.Shard0, outcomes[0].SequenceNumber))
        {
            progress.Sending(lake.Clock.GetUtcNow());
            lake.Clock.Advance(TimeSpan.FromSeconds(3));
            var slow = lags.List();
            progress.Sent(outcomes[1].SequenceNumber.Next);

            Assert.Equal([new ConsumerLag("scores", "c", ConsumerKind.EnhancedFanOut, 3000, 2)], slow);
            Assert.Equal([new ConsumerLag("scores", "c", ConsumerKind.EnhancedFanOut, 0, 0)], lags.List());
        }

        Assert.Empty(before);
        Assert.Empty(lags.List());
    }

    [Fact]
    public async Task SetTags_FromPresentOnes_AreKept()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.Consumers.RegisterAsync(
            "scores", "c", StreamSpec.NoTags.Add("a", "1").Add("b", "2"), CancellationToken.None);

        await lake.Consumers.SetTagsAsync(
            "scores", "c", tags => tags.Remove("a").SetItem("b", "3").Add("d", ""), CancellationToken.None);
        await lake.RestartAsync();

        Assert.Equal(
            StreamSpec.NoTags.Add("b", "3").Add("d", "").AsEnumerable(),
            lake.Consumers.Find("scores", "c")!.Tags.AsEnumerable());
    }

    [Fact]
    public async Task Deregister_ThenAgain_IsNotFoundWithTheNearestName()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await RegisterAsync(lake, "scores", "console");
        await RegisterAsync(lake, "scores", "delivery");

        await lake.Consumers.DeregisterAsync("scores", "console", CancellationToken.None);
        await lake.RestartAsync();
        var error = await Assert.ThrowsAsync<TarnException>(
            () => lake.Consumers.DeregisterAsync("scores", "deliver", CancellationToken.None));

        Assert.Equal(["delivery"], lake.Consumers.List("scores").Select(consumer => consumer.Name));
        Assert.Equal((ErrorKind.NotFound, "did you mean 'delivery'?"), (error.Kind, error.Hint));
    }

    [Fact]
    public async Task Delete_Stream_TakesItsConsumersAndNoOthers()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.CreateAsync("scores-2");
        await RegisterAsync(lake, "scores", "c");
        await RegisterAsync(lake, "scores-2", "c");

        await lake.Streams.DeleteAsync("scores", CancellationToken.None);
        Assert.Throws<TarnException>(() => lake.Consumers.List("scores"));
        await lake.CreateAsync("scores");
        await lake.RestartAsync();

        Assert.Empty(lake.Consumers.List("scores"));
        Assert.Single(lake.Consumers.List("scores-2"));
    }

    [Fact]
    public async Task Change_MetadataFails_NothingChanges()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await RegisterAsync(lake, "scores", "c");

        foreach (var change in new Func<Task>[]
        {
            () => RegisterAsync(lake, "scores", "d"),
            () => lake.Consumers.DeregisterAsync("scores", "c", CancellationToken.None),
            () => lake.Consumers.SetTagsAsync("scores", "c", t => t.Add("a", "b"), CancellationToken.None),
            () => lake.Streams.DeleteAsync("scores", CancellationToken.None),
        })
        {
            lake.Fake.NextFailure = new TarnException(ErrorKind.Unavailable, "disk full");
            Assert.Equal(ErrorKind.Unavailable, await ErrorAsync(change));
        }

        var consumer = Assert.Single(lake.Consumers.List("scores"));
        Assert.Equal(("c", 0), (consumer.Name, consumer.Tags.Count));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"stream":"scores","name":"c","created_ms":1,"push":true}""")]
    public async Task Start_ConsumerNotUnderstood_IsDamagedByName(string spec)
    {
        await using var lake = await Lake.OpenAsync();
        await lake.Fake.ApplyAsync(
            [MetadataChange.Create("stream-consumer", "scores/c", spec)], CancellationToken.None);

        var error = await Assert.ThrowsAsync<TarnException>(lake.RestartAsync);

        Assert.Equal(ErrorKind.Damaged, error.Kind);
        Assert.Contains("'scores/c'", error.Message, StringComparison.Ordinal);
        await lake.Fake.ApplyAsync([MetadataChange.Delete("stream-consumer", "scores/c")], CancellationToken.None);
        await lake.StartAsync();
    }

    private static Task<StreamConsumer> RegisterAsync(Lake lake, string stream, string name) =>
        lake.Consumers.RegisterAsync(stream, name, StreamSpec.NoTags, CancellationToken.None);

    private static async Task<ErrorKind> ErrorAsync(Func<Task> change) =>
        (await Assert.ThrowsAsync<TarnException>(change)).Kind;
}
