namespace Tarn.Query;

/// <summary>How queries run.</summary>
public sealed record QueryOptions
{
    /// <summary>Queries that run at once; further ones wait in state Queued.</summary>
    public int RunningMax { get; init; } = 4;

    /// <summary>Queries of one workgroup that may wait; a further one is refused.</summary>
    public int WaitingMax { get; init; } = 1000;

    /// <summary>Bytes that one packed JSON object may unpack to.</summary>
    public long UnpackedBytesMax { get; init; } = 16L << 30;
}
