using System.Globalization;

namespace Tarn.Storage.Objects.Remote.Uploads;

/// <summary>
/// The checksum of a part of an upload under way: an empty object whose name says it,
/// <c>00001-ETAG-CHECKSUM</c>, the checksum in base64 with <c>-</c> and <c>_</c> for <c>+</c> and <c>/</c>. One listing
/// reads those of a thousand parts. A part that was put again has two; the ETag tells which holds.
/// </summary>
internal readonly record struct PartMark(int Number, string ETag, string Checksum)
{
    private const int NumberDigits = 5;

    public string Name => string.Create(
        CultureInfo.InvariantCulture,
        $"{Number:D5}-{ETag}-{Checksum.Replace('+', '-').Replace('/', '_')}");

    /// <summary>What sorts before every mark of later parts and behind those up to this one.</summary>
    public static string Behind(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:D5}.");

    /// <summary>Null when it is no mark's name.</summary>
    public static PartMark? Parse(string name)
    {
        var end = name.IndexOf('-', Math.Min(name.Length, NumberDigits + 1));
        return end > 0 && name[NumberDigits] == '-'
            && int.TryParse(
                name[..NumberDigits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new PartMark(
                number,
                name[(NumberDigits + 1)..end],
                name[(end + 1)..].Replace('-', '+').Replace('_', '/'))
            : null;
    }
}
