namespace Tarn.Storage.Objects.Checksums;

/// <summary>
/// A CRC whose bits are reflected and whose register begins and ends inverted, as all of S3's are. Pure. Bytes of
/// objects are not computed here, only checksums of checksums, so a byte at a time is fast enough.
/// </summary>
/// <param name="bits">32 or 64.</param>
/// <param name="polynomial">Lowest bit: the highest power below x^bits.</param>
internal sealed class CrcModel(int bits, ulong polynomial)
{
    public static CrcModel Crc32 { get; } = new(32, 0xEDB88320);

    public static CrcModel Crc32C { get; } = new(32, 0x82F63B78);

    public static CrcModel Crc64Nvme { get; } = new(64, 0x9A6C9329AC4BC9B5);

    private readonly ulong _mask = ulong.MaxValue >> (64 - bits);
    private readonly ulong _one = 1UL << (bits - 1);

    public int Bytes => bits / 8;

    public ulong Compute(ReadOnlySpan<byte> bytes)
    {
        var register = _mask;
        foreach (var next in bytes)
        {
            register ^= next;
            for (var bit = 0; bit < 8; bit++)
            {
                register = Double(register);
            }
        }

        return register ^ _mask;
    }

    /// <summary>
    /// What <see cref="Combine"/> multiplies by for a second stretch of that many bytes: x^(8 * length) modulo the
    /// polynomial, by repeated squaring.
    /// </summary>
    public ulong Shift(long length)
    {
        var result = _one;
        var square = _one >> 8;
        for (var rest = (ulong)length; rest > 0; rest >>= 1)
        {
            if ((rest & 1) == 1)
            {
                result = Multiply(result, square);
            }

            square = Multiply(square, square);
        }

        return result;
    }

    /// <summary>
    /// The CRC of two stretches, from the CRC of each: a CRC is linear over GF(2), so the first one's is moved over the
    /// second's length and added; the inversions cancel.
    /// </summary>
    public ulong Combine(ulong first, ulong second, ulong shiftOfSecond) => Multiply(first, shiftOfSecond) ^ second;

    private ulong Multiply(ulong left, ulong right)
    {
        var product = 0UL;
        for (var bit = _one; bit > 0; bit >>= 1)
        {
            if ((left & bit) != 0)
            {
                product ^= right;
            }

            right = Double(right);
        }

        return product;
    }

    private ulong Double(ulong value) => (value & 1) == 1 ? (value >> 1) ^ polynomial : value >> 1;
}
