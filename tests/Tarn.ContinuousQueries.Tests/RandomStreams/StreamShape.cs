namespace Tarn.ContinuousQueries.Tests.RandomStreams;

/// <summary>What a random stream has of what real ones have.</summary>
internal sealed record StreamShape
{
    private static readonly Dictionary<string, StreamShape> All = new StreamShape[]
    {
        new() { Name = "calm", Shards = 1 },
        new() { Name = "an idle shard, killed", HasIdleShard = true, Crashes = true },
        new() { Name = "resharded", Reshards = true },
        new() { Name = "resharded and killed", Reshards = true, Crashes = true },
        new() { Name = "dated ahead", FutureShare = 0.05, Crashes = true },
        new() { Name = "many nulls and repeats", NullShare = 0.5, DuplicateShare = 0.4, BadShare = 0.2 },
    }.ToDictionary(shape => shape.Name);

    public required string Name { get; init; }

    public int Shards { get; init; } = 3;

    /// <summary>Events come up to so much later than newer ones.</summary>
    public TimeSpan Disorder { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>The watermark's delay.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>Shards are split and merged while records come.</summary>
    public bool Reshards { get; init; }

    /// <summary>Views are stopped, or go on from what a kill has left, between steps.</summary>
    public bool Crashes { get; init; }

    /// <summary>The last shard gets nothing before the closing events.</summary>
    public bool HasIdleShard { get; init; }

    /// <summary>Sent again by a producer that did not hear the answer.</summary>
    public double DuplicateShare { get; init; } = 0.05;

    public double BadShare { get; init; } = 0.02;

    /// <summary>Of values, that are missing or null.</summary>
    public double NullShare { get; init; } = 0.1;

    /// <summary>Of events, dated hours ahead of the clock.</summary>
    public double FutureShare { get; init; }

    public static StreamShape Named(string name) => All[name];

    public override string ToString() => Name;
}
