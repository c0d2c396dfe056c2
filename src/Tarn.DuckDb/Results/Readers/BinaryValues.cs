using System.Buffers.Binary;
using System.Globalization;

namespace Tarn.DuckDb.Results.Readers;

/// <summary>Values whose stored form needs decoding.</summary>
internal static class BinaryValues
{
    private const int DecimalScaleMax = 28;

    /// <summary>A UUID is a HUGEINT whose top bit is flipped, so that it sorts as its text does.</summary>
    public static object Uuid(Int128 stored)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, (UInt128)stored ^ (UInt128.One << 127));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>A BIT is one byte with the number of padding bits, then the bits, the padding first.</summary>
    public static object BitText(ReadOnlySpan<byte> bytes)
    {
        var padding = bytes[0];
        var bits = new char[((bytes.Length - 1) * 8) - padding];
        for (var index = 0; index < bits.Length; index++)
        {
            var at = index + padding;
            bits[index] = (bytes[1 + (at >> 3)] >> (7 - (at & 7)) & 1) == 1 ? '1' : '0';
        }

        return new string(bits);
    }

    /// <summary>A decimal; its text where .NET's 28 digits do not hold it.</summary>
    public static object ToDecimal(Int128 unscaled, byte scale)
    {
        var (value, places) = (unscaled, scale);

        // Zeros at the end need no digits: they are dropped where .NET's 28 places would not hold the scale.
        while (scale > DecimalScaleMax && unscaled % 10 == 0)
        {
            unscaled /= 10;
            scale--;
            if (unscaled == 0)
            {
                return 0m;
            }
        }

        var magnitude = Int128.Abs(unscaled);
        if (scale > DecimalScaleMax || magnitude >> 96 != 0)
        {
            return Text(value, places);
        }

        return new decimal(
            unchecked((int)magnitude), unchecked((int)(magnitude >> 32)), unchecked((int)(magnitude >> 64)),
            Int128.IsNegative(unscaled), scale);
    }

    private static string Text(Int128 value, byte scale)
    {
        var digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var sign = Int128.IsNegative(value) ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }
}
