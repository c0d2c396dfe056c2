namespace Tarn.Query;

/// <summary>How queries run.</summary>
public sealed record QueryOptions
{
    /// <summary>Queries that run at once; further ones wait in state Queued.</summary>
    public int RunningMax { get; init; } = 4;

    /// <summary>
    /// Where objects that DuckDB cannot read as they are (bzip2) are unpacked while a query runs. Absolute; must be
    /// one of DuckDB's allowed directories. Made when missing, its <c>unpacked-*</c> files are removed at start.
    /// </summary>
    public required string SpillDirectory { get; init; }

    /// <summary>Bytes that one such object may unpack to.</summary>
    public long UnpackedBytesMax { get; init; } = 16L << 30;
}
