using System.Globalization;
using Tarn.Primitives.Errors;

namespace Tarn.Commands.Streams;

/// <summary>Where a tail begins: what people write, and what the API takes.</summary>
internal static class TailStart
{
    private const int CountMax = 1_000_000;

    /// <exception cref="TarnException">Invalid, when it is none of the forms.</exception>
    public static string Parse(string text, TimeProvider time)
    {
        if (text is "latest")
        {
            return "latest";
        }

        if (text is "beginning")
        {
            return "trim_horizon";
        }

        if (Age(text) is { } age)
        {
            return Written(time.GetUtcNow() - age);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var at)
            ? Written(at)
            : throw new TarnException(
                ErrorKind.Invalid,
                $"--from '{text}' is not a place to begin",
                hint: "use latest, beginning, a time such as 2026-11-23T08:00:00Z, or an age such as 10m");
    }

    private static TimeSpan? Age(string text)
    {
        if (text.Length < 2
            || !int.TryParse(text.AsSpan()[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count > CountMax)
        {
            return null;
        }

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        };
    }

    private static string Written(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
