namespace Tarn.Jobs.Compaction;

/// <summary>How much compaction may take from the rest of the server.</summary>
public sealed record CompactionOptions
{
    /// <summary>Time between two looks at the tables.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of objects that one look takes in; what is left follows at the next.</summary>
    public long BytesPerLookMax { get; init; } = 2L << 30;

    /// <summary>Folders that one look lists.</summary>
    public int ListingsPerLookMax { get; init; } = 500;

    /// <summary>Share of one core's time that merging text takes, above 0 to 1; it rests for the others.</summary>
    public double WorkShare { get; init; } = 0.5;

    /// <summary>Memory of the DuckDB instance that merges Parquet with one thread.</summary>
    public long DuckDbMemoryBytesMax { get; init; } = 512L << 20;
}
