using System.Buffers.Binary;
using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>
/// checksum: the sum, modulo 2^64, of the rows' XXH64 hashes times its first prime. The order of rows does not matter.
/// </summary>
internal static class RowChecksums
{
    private const ulong Prime = 11400714785074694791;

    public static IReadOnlyList<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_checksum_whole", (long value) => Whole(value)),
        Define.Of("tarn_checksum_double", (double value) => Whole(BitConverter.DoubleToInt64Bits(Canonical(value)))),
        Define.Of(
            "tarn_checksum_real", (float value) => Whole(BitConverter.SingleToInt32Bits((float)Canonical(value)))),
        Define.Of("tarn_checksum_bytes", (byte[] value) => Share(value)),
        Define.Of("tarn_checksum_sum", (Int128 sum) =>
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, unchecked((ulong)sum));
            return bytes;
        }),
    ];

    private static long Whole(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Share(bytes);
    }

    /// <summary>Equal numbers hash alike: both zeros, and every NaN as Java's.</summary>
    private static double Canonical(double value) => value == 0 ? 0
        : double.IsNaN(value) ? BitConverter.Int64BitsToDouble(0x7FF8000000000000)
        : value;

    private static long Share(ReadOnlySpan<byte> bytes) => unchecked((long)(Checksums.XxHash64(bytes) * Prime));
}
