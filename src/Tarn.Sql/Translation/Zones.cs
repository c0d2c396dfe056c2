using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.Sql.Errors;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>
/// Time zones in DuckDB's words. Named zones are DuckDB's own; of fixed offsets, which it does not know, the minutes
/// are added. The canonical names are Trino's: <c>UTC</c>, <c>+05:30</c>, <c>Europe/Berlin</c>.
/// </summary>
internal static partial class Zones
{
    /// <summary>The zone's canonical name, or null when the text cannot be one.</summary>
    public static string? Normalize(string zone)
    {
        if (zone.ToUpperInvariant() is "UTC" or "Z" or "UT" or "GMT" or "GMT0" or "ZULU" or "ETC/UTC" or "ETC/GMT")
        {
            return "UTC";
        }

        var match = OffsetPattern().Match(zone);
        if (!match.Success)
        {
            return NamePattern().IsMatch(zone) ? zone : null;
        }

        var hours = int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture);
        var minutes = match.Groups["minutes"].Success
            ? int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture)
            : 0;
        return hours > 14 || minutes > 59 || (hours == 14 && minutes > 0) ? null
            : Offset(match.Groups["sign"].Value == "-" ? -((hours * 60) + minutes) : (hours * 60) + minutes);
    }

    /// <summary>The zone that an argument names; it must be a literal.</summary>
    public static string Literal(Expression zone, string where)
    {
        if (zone is not Expression.Literal { Type.Kind: TypeKind.Varchar, Text: { } text })
        {
            throw SqlErrors.Unsupported(zone.Position, $"{where} takes a literal zone name here");
        }

        return Normalize(text) ?? throw SqlErrors.Invalid(
            "INVALID_FUNCTION_ARGUMENT", zone.Position, $"'{text}' is not a valid time zone");
    }

    /// <summary>The name of a fixed offset.</summary>
    public static string Offset(int minutes) => minutes == 0 ? "UTC" : string.Create(
        CultureInfo.InvariantCulture,
        $"{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:00}:{Math.Abs(minutes) % 60:00}");

    /// <summary>An instant as the zone's wall clock.</summary>
    public static string Local(string zone, string instant) => Minutes(zone) is { } minutes
        ? Shift($"timezone('UTC', {instant})", minutes)
        : $"timezone({DuckText.Text(zone)}, {instant})";

    /// <summary>A wall clock of the zone as an instant.</summary>
    public static string Instant(string zone, string local) => Minutes(zone) is { } minutes
        ? $"timezone('UTC', {Shift(local, -minutes)})"
        : $"timezone({DuckText.Text(zone)}, {local})";

    /// <summary>Seconds east of Greenwich at that instant.</summary>
    public static string OffsetSeconds(string zone, string instant) => Minutes(zone) is { } minutes
        ? (minutes * 60).ToString(CultureInfo.InvariantCulture)
        : $"date_diff('second', timezone('UTC', {instant}), timezone({DuckText.Text(zone)}, {instant}))";

    /// <summary>Minutes of a fixed offset; null of a named zone, UTC among them.</summary>
    public static int? Minutes(string zone) => zone[0] is not ('+' or '-') ? null
        : (zone[0] == '-' ? -1 : 1) * ((int.Parse(zone.AsSpan(1, 2), CultureInfo.InvariantCulture) * 60)
            + int.Parse(zone.AsSpan(4, 2), CultureInfo.InvariantCulture));

    private static string Shift(string timestamp, int minutes) =>
        $"({timestamp} {(minutes < 0 ? '-' : '+')} INTERVAL '{Math.Abs(minutes)} minute')";

    [GeneratedRegex(@"^(UTC|GMT|UT)?(?<sign>[+-])(?<hours>\d{1,2})(:?(?<minutes>\d{2}))?$")]
    private static partial Regex OffsetPattern();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+/-]*$")]
    private static partial Regex NamePattern();
}
