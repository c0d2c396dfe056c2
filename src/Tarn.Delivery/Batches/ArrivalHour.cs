namespace Tarn.Delivery.Batches;

/// <summary>The hour in which a record arrived; a batch never crosses one.</summary>
/// <param name="Index">Hours since 0001-01-01T00 of the zone's clock.</param>
internal readonly record struct ArrivalHour(long Index)
{
    public static ArrivalHour Of(DateTimeOffset arrival, TimeZoneInfo zone) => new(
        (arrival.UtcTicks + (zone == TimeZoneInfo.Utc ? 0 : zone.GetUtcOffset(arrival).Ticks))
        / TimeSpan.TicksPerHour);
}
