namespace Tarn.DuckDb;

/// <summary>Limits of one DuckDB instance.</summary>
public sealed record DuckDbOptions
{
    /// <summary>The only directories that SQL may read or write. Absolute.</summary>
    public required IReadOnlyList<string> AllowedDirectories { get; init; }

    /// <summary>
    /// Where sorts and joins larger than memory spill. Absolute; made when missing; of this instance alone.
    /// </summary>
    public required string TempDirectory { get; init; }

    /// <summary>Memory of all sessions together.</summary>
    public long MemoryBytesMax { get; init; } = 2L << 30;

    /// <summary>Bytes that all sessions together may spill; a statement that needs more fails.</summary>
    public long SpillBytesMax { get; init; } = 64L << 30;

    /// <summary>Worker threads of all sessions together.</summary>
    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Lets <see cref="IDuckDb.CountReads"/> count; about 2 % of the CPU of a scan.</summary>
    public bool CountsReads { get; init; } = true;

    /// <summary>
    /// The same query over the same files gives its rows in the same order. Without it a COPY can bound row groups by
    /// bytes; rows that one thread reads stay in order even then.
    /// </summary>
    public bool PreservesOrder { get; init; } = true;
}
