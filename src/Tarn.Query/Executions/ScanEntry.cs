namespace Tarn.Query.Executions;

/// <summary>What one query counts against its workgroup's day.</summary>
/// <param name="Day">The day (UTC) on which it began, as <c>2026-11-23</c>.</param>
internal sealed record ScanEntry(string Workgroup, string Day, string Id, long Bytes)
{
    /// <summary>What the day left for it when it began; null: no limit.</summary>
    public long? BytesMax { get; init; }

    public string Name => $"{Workgroup}/{Day}/{Id}";
}
