using System.Text;

namespace Tarn.Query.Buckets;

/// <summary>Hive's hash of values for buckets, of its first version, which Athena uses.</summary>
internal static class HiveHash
{
    private const int NanosOfMicro = 1000;
    private const long MicrosOfSecond = 1_000_000;
    private const int SecondsShift = 30;

    public static int Whole(long value) => Fold(value);

    public static int Text(string value)
    {
        var hash = 0;
        foreach (var part in Encoding.UTF8.GetBytes(value))
        {
            hash = unchecked((31 * hash) + (sbyte)part);
        }

        return hash;
    }

    /// <summary>All NaNs are one, as Java has them.</summary>
    public static int Real(float value) =>
        float.IsNaN(value) ? 0x7FC00000 : BitConverter.SingleToInt32Bits(value);

    public static int Double(double value) =>
        Fold(double.IsNaN(value) ? 0x7FF8000000000000 : BitConverter.DoubleToInt64Bits(value));

    public static int Timestamp(long micros)
    {
        var seconds = Math.DivRem(micros, MicrosOfSecond, out var rest);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + MicrosOfSecond);
        }

        return Fold(unchecked((seconds << SecondsShift) | (rest * NanosOfMicro)));
    }

    /// <summary>Of several columns, one after the other, from 0.</summary>
    public static int Combine(int before, int next) => unchecked((31 * before) + next);

    public static int Bucket(int hash, int count) => (hash & int.MaxValue) % count;

    private static int Fold(long bits) => unchecked((int)(bits ^ (long)((ulong)bits >> 32)));
}
