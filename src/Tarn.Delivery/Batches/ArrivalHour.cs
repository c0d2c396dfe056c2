using System.Globalization;

namespace Tarn.Delivery.Batches;

/// <summary>The hour, UTC, in which a record arrived: the partition that it belongs to.</summary>
/// <param name="Index">Hours since 0001-01-01T00Z.</param>
internal readonly record struct ArrivalHour(long Index)
{
    /// <summary>The partition keys that a table must have, in this order.</summary>
    public static readonly IReadOnlyList<string> Keys = ["year", "month", "day", "hour"];

    /// <summary>One text per key: <c>2026</c>, <c>11</c>, <c>23</c>, <c>04</c>.</summary>
    public IReadOnlyList<string> Values
    {
        get
        {
            var start = new DateTime(Index * TimeSpan.TicksPerHour, DateTimeKind.Utc);
            return start.ToString("yyyy'/'MM'/'dd'/'HH", CultureInfo.InvariantCulture).Split('/');
        }
    }

    /// <summary><c>year=2026/month=11/day=23/hour=04/</c>.</summary>
    public string Path => string.Concat(Keys.Zip(Values, (key, value) => $"{key}={value}/"));

    public static ArrivalHour Of(DateTimeOffset arrival) => new(arrival.UtcTicks / TimeSpan.TicksPerHour);
}
