using System.Globalization;

namespace Tarn.Console.Components;

/// <summary>Values as people read them: 1.2 MB, 3 s ago, 12,345.</summary>
internal static class Human
{
    private static readonly string[] ByteUnits = ["B", "kB", "MB", "GB", "TB", "PB"];
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Decimal units, three digits.</summary>
    public static string Bytes(long bytes)
    {
        var value = (double)bytes;
        var unit = 0;
        while (value >= 999.5 && unit < ByteUnits.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        var digits = unit == 0 || value >= 99.95 ? "0" : value >= 9.995 ? "0.#" : "0.##";
        return value.ToString(digits, Culture) + " " + ByteUnits[unit];
    }

    public static string Count(long count) => count.ToString("#,0", Culture);

    /// <summary>A count of things: "1 file", "2 files".</summary>
    public static string Count(long count, string thing) => $"{Count(count)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>At most one decimal.</summary>
    public static string Rate(double perSecond) =>
        perSecond >= 100 ? perSecond.ToString("#,0", Culture) : perSecond.ToString("0.#", Culture);

    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 999.5 } => $"{Math.Max(0, duration.TotalMilliseconds).ToString("0", Culture)} ms",
        { TotalSeconds: < 59.95 } => $"{duration.TotalSeconds.ToString("0.#", Culture)} s",
        { TotalMinutes: < 59.5 } => $"{duration.TotalMinutes.ToString("0", Culture)} min",
        { TotalHours: < 47.5 } => $"{duration.TotalHours.ToString("0.#", Culture)} h",
        _ => $"{duration.TotalDays.ToString("0", Culture)} d",
    };

    /// <summary>As a duration; below ten milliseconds with a decimal.</summary>
    public static string Milliseconds(double milliseconds) => milliseconds < 9.95
        ? milliseconds.ToString("0.#", Culture) + " ms"
        : Duration(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>"just now", "12 s ago", "in 3 min".</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var age = now - at;
        return age.TotalSeconds switch
        {
            > -1 and < 1 => "just now",
            < 0 => "in " + Duration(Whole(-age)),
            _ => Duration(Whole(age)) + " ago",
        };
    }

    /// <summary>To the second, UTC.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", Culture);

    /// <summary>A price; small ones keep two digits that say something.</summary>
    public static string Dollars(decimal price) =>
        "$" + price.ToString(price == 0 ? "0" : price >= 0.01m ? "0.00" : "0.00000", Culture);

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds));
}
