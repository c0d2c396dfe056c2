namespace Tarn.Delivery.EventTimes;

/// <summary>The time that a record tells, or why it tells none.</summary>
internal readonly record struct EventTimeReading(DateTimeOffset? Time, string? Reason)
{
    public static EventTimeReading Of(DateTimeOffset time) => new(time, Reason: null);

    public static EventTimeReading Fail(string reason) => new(Time: null, reason);
}
