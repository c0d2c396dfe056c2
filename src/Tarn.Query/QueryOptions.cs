namespace Tarn.Query;

/// <summary>How queries run.</summary>
public sealed record QueryOptions
{
    /// <summary>Queries that run at once; further ones wait in state Queued.</summary>
    public int RunningMax { get; init; } = 4;

    /// <summary>Queries of one workgroup that may wait; a further one is refused.</summary>
    public int WaitingMax { get; init; } = 1000;

    /// <summary>What 10^12 scanned bytes cost. Athena's list price in most regions.</summary>
    public decimal TerabytePriceUsd { get; init; } = 5m;

    /// <summary>A query costs at least as much as one that scans this.</summary>
    public long BilledBytesMin { get; init; } = 10_000_000;

    /// <summary>Bytes that one packed JSON object may unpack to.</summary>
    public long UnpackedBytesMax { get; init; } = 16L << 30;
}
