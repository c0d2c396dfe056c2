using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Prefixes;

/// <summary>Finds the zone that names are written in by its IANA id.</summary>
internal static partial class TimeZones
{
    /// <summary>The zone. Fails with Invalid and the nearest known id.</summary>
    public static TimeZoneInfo Find(string id, string setting)
    {
        if (id is "UTC" or "Z" or "")
        {
            return TimeZoneInfo.Utc;
        }

        if (IdPattern().IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId)
        {
            return zone;
        }

        throw new TarnException(
            ErrorKind.Invalid,
            $"{setting} '{id}' is not a time zone that is known here",
            hint: Suggestion.Hint(id, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id))
                ?? "an IANA id, such as Asia/Tokyo");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}\z")]
    private static partial Regex IdPattern();
}
