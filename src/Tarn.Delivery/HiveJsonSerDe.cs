namespace Tarn.Delivery;

/// <summary>The native Hive / HCatalog JSON SerDe. Keys go to columns without regard to case.</summary>
public sealed record HiveJsonSerDe : JsonSerDe
{
    /// <summary>
    /// Patterns of dates and timestamps in the syntax of Joda-Time's DateTimeFormat, tried in order; <c>millis</c>
    /// stands for epoch milliseconds. Empty: as <c>java.sql.Timestamp.valueOf</c> reads them.
    /// </summary>
    public IReadOnlyList<string> TimestampFormats { get; init; } = [];
}
