namespace Tarn.Console.Lake;

/// <summary>What lies under a table's location.</summary>
/// <param name="IsPartial">True when there are more files than were counted.</param>
internal sealed record TableSize(long Bytes, int Files, bool IsPartial, DateTimeOffset At);
