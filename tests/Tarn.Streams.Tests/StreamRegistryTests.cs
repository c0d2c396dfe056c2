using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Streams.Tests;

public sealed class StreamRegistryTests
{
    [Theory]
    [InlineData("", 1, 24, ErrorKind.Invalid)]
    [InlineData("with space", 1, 24, ErrorKind.Invalid)]
    [InlineData("line\n", 1, 24, ErrorKind.Invalid)]
    [InlineData("scores", 0, 24, ErrorKind.Invalid)]
    [InlineData("scores", 10_001, 24, ErrorKind.LimitExceeded)]
    [InlineData("scores", 1, 23, ErrorKind.Invalid)]
    [InlineData("scores", 1, 8761, ErrorKind.Invalid)]
    public async Task Create_OutOfBounds_IsRefusedAndLeavesNothing(string name, int shards, int hours, ErrorKind kind)
    {
        await using var lake = await Lake.OpenAsync();

        var error = await Assert.ThrowsAsync<TarnException>(() => lake.Streams.CreateAsync(
            new StreamSpec { Name = name, ShardCount = shards, RetentionHours = hours }, CancellationToken.None));

        Assert.Equal(kind, error.Kind);
        Assert.Empty(lake.Streams.List());
        Assert.Empty(Directory.GetDirectories(lake.Options.Directory));
    }

    [Fact]
    public async Task Create_NameOf128_IsThereAndCannotBeTakenTwice()
    {
        await using var lake = await Lake.OpenAsync();
        var name = new string('a', 128);
        await lake.CreateAsync(name, shards: 2);

        var error = await Assert.ThrowsAsync<TarnException>(() => lake.CreateAsync(name));

        Assert.Equal(ErrorKind.AlreadyExists, error.Kind);
        Assert.Equal(2, lake.Streams.Find(name)!.Shards.Count);
        Assert.Null(lake.Streams.Find(name + "a"));
    }

    [Fact]
    public async Task Create_OnDemand_HasFourShards()
    {
        await using var lake = await Lake.OpenAsync();

        var stream = await lake.Streams.CreateAsync(
            new StreamSpec { Name = "scores", OnDemand = true }, CancellationToken.None);
        var error = await Assert.ThrowsAsync<TarnException>(() => lake.Streams.CreateAsync(
            new StreamSpec { Name = "more", OnDemand = true, ShardCount = 7 }, CancellationToken.None));

        Assert.Equal((4, 4, true), (stream.Shards.Count, stream.Spec.ShardCount, stream.Spec.OnDemand));
        Assert.Equal(ErrorKind.Invalid, error.Kind);
    }

    [Fact]
    public async Task Restart_Streams_AreThereInNameOrderWithTheirRecords()
    {
        await using var lake = await Lake.OpenAsync();
        foreach (var name in new[] { "b", "a", "B", "a.b" })
        {
            await lake.CreateAsync(name, shards: 2);
        }

        await lake.PutAsync("a", [.. Enumerable.Range(0, 50).Select(i => Lake.Entry($"{i}", $"key {i}"))]);
        var before = lake.Streams.List();
        var texts = await lake.TextsAsync("a");

        await lake.RestartAsync();

        Assert.Equal(["B", "a", "a.b", "b"], lake.Streams.List().Select(stream => stream.Name));
        Assert.Equal(before.Select(stream => stream.Id), lake.Streams.List().Select(stream => stream.Id));
        Assert.Equal(before.SelectMany(stream => stream.Shards), lake.Streams.List().SelectMany(s => s.Shards));
        Assert.Equal(texts, await lake.TextsAsync("a"));
        Assert.InRange(texts.Count, 1, 49);
    }

    [Fact]
    public async Task Delete_AndCreateAgain_GivesLargerNumbersAlsoWhenTheClockWasSetBack()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        var last = (await lake.PutAsync("scores", "a")).SequenceNumber;
        await lake.Streams.DeleteAsync("scores", CancellationToken.None);
        Assert.Empty(Directory.GetDirectories(lake.Options.Directory));
        await Assert.ThrowsAsync<TarnException>(() => lake.PutAsync("scores", "b"));

        lake.Clock.AdjustTime(lake.Clock.GetUtcNow().AddDays(-1));
        await lake.RestartAsync();
        await lake.CreateAsync("scores");
        var first = (await lake.PutAsync("scores", "c")).SequenceNumber;

        Assert.True(first > last);
        Assert.Equal(["c"], await lake.TextsAsync("scores"));
    }

    [Fact]
    public async Task Delete_Unknown_IsNotFoundWithTheNearestName()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");

        var error = await Assert.ThrowsAsync<TarnException>(
            () => lake.Streams.DeleteAsync("score", CancellationToken.None));

        Assert.Equal((ErrorKind.NotFound, "did you mean 'scores'?"), (error.Kind, error.Hint));
    }

    [Fact]
    public async Task Delete_StoppedBeforeTheFolderWasRemoved_IsCleanedAtStart()
    {
        await using var lake = await Lake.OpenAsync();
        var id = (await lake.CreateAsync("scores")).Id;
        await lake.StopAsync();
        await lake.Fake.ApplyAsync(
            [Storage.Metadata.MetadataChange.Delete("stream", "scores")], CancellationToken.None);
        Directory.CreateDirectory(Path.Combine(lake.Options.Directory, "not a stream"));
        Assert.True(Directory.Exists(Path.Combine(lake.Options.Directory, id)));

        await lake.StartAsync();

        Assert.False(Directory.Exists(Path.Combine(lake.Options.Directory, id)));
        Assert.True(Directory.Exists(Path.Combine(lake.Options.Directory, "not a stream")));
    }

    [Fact]
    public async Task Create_MetadataFails_LeavesNoFolder()
    {
        await using var lake = await Lake.OpenAsync();
        lake.Fake.NextFailure = new TarnException(ErrorKind.Unavailable, "disk full");

        var error = await Assert.ThrowsAsync<TarnException>(() => lake.CreateAsync("scores"));

        Assert.Equal("disk full", error.Message);
        Assert.Empty(Directory.GetDirectories(lake.Options.Directory));
        await lake.CreateAsync("scores");
        Assert.Null((await lake.PutAsync("scores", "a")).Error);
    }

    [Fact]
    public async Task Delete_MetadataFails_StreamGoesOn()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores");
        await lake.PutAsync("scores", "a");
        lake.Fake.NextFailure = new TarnException(ErrorKind.Unavailable, "disk full");

        await Assert.ThrowsAsync<TarnException>(() => lake.Streams.DeleteAsync("scores", CancellationToken.None));

        Assert.Null((await lake.PutAsync("scores", "b")).Error);
        Assert.Equal(["a", "b"], await lake.TextsAsync("scores"));
    }

    [Fact]
    public async Task Delete_WhileAppending_EachAppendIsStoredOrRefused()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.CreateAsync("scores", shards: 3);
        var puts = Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            try
            {
                return (await lake.PutAsync("scores", $"{i}", $"{i}")).Error?.Kind;
            }
            catch (TarnException error)
            {
                return error.Kind;
            }
        })).ToList();

        await lake.Streams.DeleteAsync("scores", CancellationToken.None);
        var kinds = await Task.WhenAll(puts);

        Assert.All(kinds, kind => Assert.True(kind is null or ErrorKind.NotFound));
        Assert.Empty(Directory.GetDirectories(lake.Options.Directory));
    }

    [Fact]
    public async Task Append_BeforeStart_IsUnavailable()
    {
        await using var lake = await Lake.OpenAsync();
        var registry = new StreamRegistry(
            lake.Options, lake.Fake, null!, lake.Disk, lake.Damages, lake.Meters, lake.Clock, IdSource.System,
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

        var error = Assert.Throws<TarnException>(() => registry.All);

        Assert.Equal(ErrorKind.Unavailable, error.Kind);
    }
}
