namespace Tarn.Delivery.Shards;

/// <summary>How long to wait after failures in a row.</summary>
internal static class Backoff
{
    /// <summary>Doubles from the least to the most; <paramref name="failures"/> counts from 1.</summary>
    public static TimeSpan Delay(int failures, TimeSpan least, TimeSpan most)
    {
        var doublings = Math.Clamp(failures - 1, 0, 30);
        var delay = least * (1L << doublings);
        return delay < most ? delay : most;
    }
}
