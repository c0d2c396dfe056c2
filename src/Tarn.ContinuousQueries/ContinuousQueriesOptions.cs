namespace Tarn.ContinuousQueries;

/// <summary>Settings of continuous queries.</summary>
public sealed record ContinuousQueriesOptions
{
    /// <summary>Absolute path; one folder per view id, snapshots in it.</summary>
    public required string Directory { get; init; }

    /// <summary>Where the views' own DuckDB instance spills. Absolute.</summary>
    public required string SpillDirectory { get; init; }

    /// <summary>Records of one micro-batch, 1 to 1,000,000. More cost less per record, fewer are seen sooner.</summary>
    public int BatchRecordsMax { get; init; } = 10_000;

    /// <summary>Payload bytes of one micro-batch.</summary>
    public int BatchBytesMax { get; init; } = 16 << 20;

    /// <summary>A batch that is not full starts no sooner than this after the one before it. The first after a pause
    /// starts at once.</summary>
    public TimeSpan BatchInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often a view that changed writes its snapshot. Longer: less writing, more to replay after a
    /// crash.</summary>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bad records kept per view; older ones are forgotten, the count goes on.</summary>
    public int BadRecordsMax { get; init; } = 1_000;

    /// <summary>Late records kept per view; older ones are forgotten, the count goes on.</summary>
    public int LateRecordsMax { get; init; } = 1_000;

    /// <summary>Groups, kept rows and values held one by one of one view, above which it stops with an error.</summary>
    public long StateRowsMax { get; init; } = 20_000_000;

    /// <summary>Kept rows of a top-N from which on those that can never be shown again are let go.</summary>
    public int TrimRowsMin { get; init; } = 4_096;

    /// <summary>How long a lookup is taken to be as it was before a batch looks at it again.</summary>
    public TimeSpan LookupRefresh { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Rows of one lookup, above which a view that joins with it stops with an error.</summary>
    public long LookupRowsMax { get; init; } = 1_000_000;

    /// <summary>An alert looks at its view no sooner than this after the last time.</summary>
    public TimeSpan AlertInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>An alert resolves nothing while its view is further behind.</summary>
    public TimeSpan AlertLagMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Rows of one alert that may be pending or firing; it says how many more there are.</summary>
    public int AlertRowsMax { get; init; } = 10_000;

    /// <summary>Notifications of one alert that may wait; with so many it makes no more until some are taken.</summary>
    public int AlertNoticesMax { get; init; } = 10_000;

    /// <summary>Memory of the views' DuckDB instance; state of views is not in it.</summary>
    public long DuckDbMemoryBytesMax { get; init; } = 512L << 20;
}
