namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// Dates of the service: whole seconds, as its headers have no more and its listings must say the same.
/// </summary>
internal static class RemoteTime
{
    public static DateTimeOffset Of(DateTime? date)
    {
        var utc = new DateTimeOffset(date?.ToUniversalTime() ?? DateTime.UnixEpoch);
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond));
    }
}
