using Tarn.Primitives.Errors;

namespace Tarn.Streams.Tests;

public sealed class StreamSettingsTests
{
    private static readonly StreamSpec Plain = new() { Name = "scores" };

    private static readonly StreamSpec Set = new()
    {
        Name = "scores",
        RetentionHours = 48,
        RecordBytesMax = 3 << 20,
        Durability = StreamDurability.OperatingSystem,
        Rates = StreamRates.Aws,
        Faults = new StreamFaults(0.25, 40),
        EnhancedMetrics = EnhancedMetrics.IncomingBytes | EnhancedMetrics.OutgoingRecords,
        Tags = StreamSpec.NoTags.Add("team", "games").Add("Team", ""),
    };

    [Fact]
    public async Task Create_WithSettings_HasThemAfterRestart()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.Streams.CreateAsync(Set, CancellationToken.None);

        await lake.RestartAsync();

        AssertSame(Set, lake.Streams.Find("scores")!.Spec);
    }

    [Fact]
    public async Task Configure_ThereAndBack_SurvivesRestart()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.Streams.CreateAsync(Plain, CancellationToken.None);

        var set = await lake.Streams.ConfigureAsync("scores", _ => Set, CancellationToken.None);
        await lake.RestartAsync();
        var kept = lake.Streams.Find("scores")!;
        await lake.Streams.ConfigureAsync("scores", _ => Plain, CancellationToken.None);
        await lake.RestartAsync();

        AssertSame(Set, set.Spec);
        AssertSame(Set, kept.Spec);
        AssertSame(Plain, lake.Streams.Find("scores")!.Spec);
    }

    [Fact]
    public async Task Create_Internal_IsFoundAfterRestartButNotListed()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.Streams.CreateAsync(Plain, CancellationToken.None);
        await lake.Streams.CreateAsync(Plain with { Name = "$own", IsInternal = true }, CancellationToken.None);

        await lake.RestartAsync();

        Assert.True(lake.Streams.Find("$own")!.Spec.IsInternal);
        Assert.Equal("scores", Assert.Single(lake.Streams.List()).Name);
    }

    [Theory]
    [InlineData("$own", false)]
    [InlineData("own", true)]
    [InlineData("$", true)]
    public async Task Create_NameThatDoesNotSayWhetherInternal_IsRefused(string name, bool isInternal)
    {
        await using var lake = await Lake.OpenAsync();

        var refused = await Assert.ThrowsAsync<TarnException>(() => lake.Streams.CreateAsync(
            Plain with { Name = name, IsInternal = isInternal }, CancellationToken.None));

        Assert.Equal(ErrorKind.Invalid, refused.Kind);
    }

    public static TheoryData<string, StreamSpec> Refused => new()
    {
        { "name", Plain with { Name = "other" } },
        { "record size", Plain with { RecordBytesMax = (1 << 20) - 1024 } },
        { "record size", Plain with { RecordBytesMax = (1 << 20) + 1 } },
        { "record size", Plain with { RecordBytesMax = (10 << 20) + 1024 } },
        { "error rate", Plain with { Faults = new StreamFaults(1.1, 0) } },
        { "error rate", Plain with { Faults = new StreamFaults(double.NaN, 0) } },
        { "latency", Plain with { Faults = new StreamFaults(0, -1) } },
        { "latency", Plain with { Faults = new StreamFaults(0, 60_001) } },
        { "tag", Plain with { Tags = StreamSpec.NoTags.Add("", "x") } },
        { "tag", Plain with { Tags = StreamSpec.NoTags.Add("k", new string('v', 257)) } },
        { "tags", Plain with { Tags = StreamSpec.NoTags.AddRange(
            Enumerable.Range(0, 51).Select(i => KeyValuePair.Create($"k{i}", ""))) } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Configure_OutOfBounds_IsRefusedByNameAndChangesNothing(string named, StreamSpec spec)
    {
        await using var lake = await Lake.OpenAsync();
        await lake.Streams.CreateAsync(Plain, CancellationToken.None);

        var error = await Assert.ThrowsAsync<TarnException>(
            () => lake.Streams.ConfigureAsync("scores", _ => spec, CancellationToken.None));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        AssertSame(Plain, lake.Streams.Find("scores")!.Spec);
    }

    [Fact]
    public async Task Append_LargestRecord_FollowsTheSetting()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.Streams.CreateAsync(Plain, CancellationToken.None);
        var large = Lake.Entry(new string('x', (10 << 20) - 1));

        var before = await lake.PutAsync("scores", [large]);
        await lake.Streams.ConfigureAsync(
            "scores", spec => spec with { RecordBytesMax = 10 << 20 }, CancellationToken.None);
        var after = await lake.PutAsync("scores", [large]);
        await lake.RestartAsync();

        Assert.Equal(ErrorKind.LimitExceeded, before[0].Error?.Kind);
        Assert.Null(after[0].Error);
        Assert.Equal((10 << 20) - 1, (await lake.TextsAsync("scores")).Single().Length);
    }

    private static void AssertSame(StreamSpec expected, StreamSpec actual)
    {
        Assert.Equal(expected.Tags.AsEnumerable(), actual.Tags.AsEnumerable());
        Assert.Equal(expected with { Tags = actual.Tags }, actual);
    }
}
