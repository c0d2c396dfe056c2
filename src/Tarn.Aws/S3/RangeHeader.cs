using System.Globalization;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// The Range header with one range: <c>bytes=0-9</c>, <c>bytes=10-</c>, <c>bytes=-5</c>. Several ranges, other units
/// and text that is no range are answered with the whole object, as S3 does (RFC 9110, 14.2).
/// </summary>
internal static class RangeHeader
{
    public static ByteRange? Parse(string? text)
    {
        const string Unit = "bytes=";
        if (text is null || !text.StartsWith(Unit, StringComparison.Ordinal))
        {
            return null;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            return null;
        }

        var (first, last) = (text[Unit.Length..dash], text[(dash + 1)..]);
        if (!TryNumber(first, out var from) || !TryNumber(last, out var to))
        {
            return null;
        }

        return (from ?? to) is null || from > to ? null : new ByteRange(from, to);
    }

    /// <summary>True when an object of this size has a byte in the range.</summary>
    public static bool Fits(ByteRange range, long size) =>
        range.First is { } first ? first < size : range.Last > 0 && size > 0;

    private static bool TryNumber(string text, out long? number)
    {
        number = null;
        if (text.Length == 0)
        {
            return true;
        }

        var parsed = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = parsed ? value : null;
        return parsed;
    }
}
