using Tarn.Catalog.Tables;

namespace Tarn.Jobs.Compaction;

/// <summary>Compaction of one table as it stands.</summary>
public sealed record CompactionStatus
{
    public required TableName Table { get; init; }

    /// <summary>Null when the setting was taken away and something is still to be finished.</summary>
    public CompactionSettings? Settings { get; init; }

    /// <summary>Objects whose place others have taken, since the setting was made, and their bytes.</summary>
    public long ObjectsIn { get; init; }

    public long BytesIn { get; init; }

    /// <summary>Objects that took their place.</summary>
    public long ObjectsOut { get; init; }

    public long BytesOut { get; init; }

    /// <summary>When a larger object last took the place of small ones, or null.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Small objects that stay until their grace time is over.</summary>
    public int ObjectsInGrace { get; init; }

    /// <summary>Bytes that the plan under way takes in, and how many of them it has read; 0 when none is.</summary>
    public long BytesUnderWay { get; init; }

    public long BytesDone { get; init; }

    /// <summary>Objects that cannot be merged, such as damaged ones. They stay, and are read as ever.</summary>
    public int ObjectsLeftAlone { get; init; }

    /// <summary>Why the last attempt failed; null when nothing failed since the last success.</summary>
    public string? Error { get; init; }

    public DateTimeOffset? ErrorAt { get; init; }
}
