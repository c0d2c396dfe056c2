using System.Numerics;
using System.Text;
using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>Numbers: what DuckDB has not, or does with other edges.</summary>
internal static class MathNatives
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_pow", (double x, double y) => Math.Pow(x, y)),
        Define.Of("tarn_cbrt", (double x) => Cbrt(x)),
        Define.Of("tarn_exp", (double x) => Math.Exp(x)),
        Define.Of("tarn_ln", (double x) => Math.Log(x)),
        Define.Of("tarn_log2", (double x) => Math.Log2(x)),
        Define.Of("tarn_log10", (double x) => Math.Log10(x)),
        Define.Of("tarn_log", (double b, double x) => Math.Log(x) / Math.Log(b)),
        Define.Of("tarn_sin", (double x) => Math.Sin(x)),
        Define.Of("tarn_cos", (double x) => Math.Cos(x)),
        Define.Of("tarn_tan", (double x) => Math.Tan(x)),
        Define.Of("tarn_sinh", (double x) => Math.Sinh(x)),
        Define.Of("tarn_cosh", (double x) => Math.Cosh(x)),
        Define.Of("tarn_truncate", (double x, long digits) => Truncate(x, digits)),
        Define.Of("tarn_round", (double x, long digits) => Round(x, digits)),
        Define.Of("tarn_round_whole", (long value, long digits) => RoundWhole(value, digits)),
        Define.Of("tarn_shift_left", (long value, long shift, int bits) =>
            Checked(shift) >= bits ? 0 : value << (int)shift << (64 - bits) >> (64 - bits)),
        Define.Of("tarn_shift_right", (long value, long shift, int bits) =>
            Checked(shift) >= bits ? 0 : (long)((ulong)value << (64 - bits) >> (64 - bits) >> (int)shift)
                << (64 - bits) >> (64 - bits)),
        Define.Of("tarn_shift_arithmetic", (long value, long shift, int bits) =>
            value >> (int)Math.Min(Checked(shift), bits - 1)),
        Define.Of("tarn_width_bucket", (double x, double low, double high, long count) =>
            Bucket(x, low, high, count)),
        Define.Of("tarn_width_bucket_bins", (double x, double[] bins) => Bucket(x, bins)),
        Define.Of("tarn_normal_cdf", (double mean, double deviation, double v) =>
            Distributions.NormalCdf(mean, deviation, v)),
        Define.Of("tarn_inverse_normal_cdf", (double mean, double deviation, double p) =>
            Distributions.InverseNormalCdf(mean, deviation, p)),
        Define.Of("tarn_beta_cdf", (double a, double b, double v) => Distributions.BetaCdf(a, b, v)),
        Define.Of("tarn_inverse_beta_cdf", (double a, double b, double p) => Distributions.InverseBetaCdf(a, b, p)),
        Define.Of("tarn_wilson_lower", (long hits, long trials, double z) => Distributions.Wilson(hits, trials, z, -1)),
        Define.Of("tarn_wilson_upper", (long hits, long trials, double z) => Distributions.Wilson(hits, trials, z, 1)),
        Define.Of("tarn_from_base", (string text, long radix) => FromBase(text, radix)),
        Define.Of("tarn_to_base", (long value, long radix) => ToBase(value, radix)),
        Define.Of("tarn_bit_count", (long value, long bits) => BitCount(value, bits)),
        Define.Of("tarn_cosine", (double[] a, double[] b) => Cosine(a, b)),
        Define.Of("tarn_cosine_map", (string?[] aKeys, double[] a, string?[] bKeys, double[] b) =>
            Cosine(aKeys, a, bKeys, b)),
    ];

    /// <summary>The C library's root may be off by a bit; a step of Newton's puts it right.</summary>
    private static double Cbrt(double value)
    {
        var root = Math.Cbrt(value);
        return root == 0 || !double.IsFinite(root) ? root : root - (((root * root * root) - value) / (3 * root * root));
    }

    private static long Checked(long shift) =>
        shift >= 0 ? shift : throw Define.Invalid("Specified shift must be positive");

    private static long RoundWhole(long value, long digits)
    {
        if (digits >= 0)
        {
            return value;
        }

        if (digits < -19)
        {
            return 0;
        }

        var factor = BigInteger.Pow(10, (int)-digits);
        var half = BigInteger.Abs(value) + (factor / 2);
        var rounded = (half - (half % factor)) * Math.Sign(value);
        return rounded >= long.MinValue && rounded <= long.MaxValue
            ? (long)rounded
            : throw Define.Error("NUMERIC_VALUE_OUT_OF_RANGE", $"bigint out of range: {rounded}");
    }

    private static double Truncate(double value, long digits) => !double.IsFinite(value) || Math.Abs(digits) > 300
        ? value
        : Scaled(value, (int)digits, MidpointRounding.ToZero);

    private static double Round(double value, long digits) => !double.IsFinite(value) || Math.Abs(digits) > 300
        ? value
        : Scaled(value, (int)digits, MidpointRounding.AwayFromZero);

    /// <summary>Trino's way: times the power of ten, rounded, divided by it.</summary>
    private static double Scaled(double value, int digits, MidpointRounding rounding)
    {
        var factor = Math.Pow(10, Math.Abs(digits));
        var scaled = digits >= 0 ? value * factor : value / factor;
        if (!double.IsFinite(scaled))
        {
            return value;
        }

        var rounded = Math.Round(scaled, rounding);
        return digits >= 0 ? rounded / factor : rounded * factor;
    }

    private static long Bucket(double value, double low, double high, long count)
    {
        if (count <= 0)
        {
            throw Define.Invalid("bucketCount must be greater than 0");
        }

        if (double.IsNaN(value) || !double.IsFinite(low) || !double.IsFinite(high))
        {
            throw Define.Invalid(
                double.IsNaN(value) ? "operand must not be NaN" : "bounds must be finite");
        }

        if (low == high)
        {
            throw Define.Invalid("bounds cannot equal each other");
        }

        var (first, last) = (Math.Min(low, high), Math.Max(low, high));
        var bucket = value < first ? 0
            : value >= last ? checked(count + 1)
            : (long)((count * (value - first) / (last - first)) + 1);
        if (low <= high)
        {
            return bucket;
        }

        return value == high ? count + 1 : value > low ? 0 : value == low ? 1 : value < high ? count + 1
            : (long)((count * (low - value) / (low - high)) + 1);
    }

    private static long Bucket(double value, double[] bins)
    {
        if (bins.Length == 0)
        {
            throw Define.Invalid("Bins cannot be an empty array");
        }

        if (double.IsNaN(value))
        {
            throw Define.Invalid("Operand cannot be NaN");
        }

        for (var i = 1; i < bins.Length; i++)
        {
            if (!(bins[i] > bins[i - 1]))
            {
                throw Define.Invalid("Bin values are not sorted in ascending order");
            }
        }

        return bins.Count(bin => bin <= value);
    }

    private static long FromBase(string text, long radix)
    {
        CheckRadix(radix);
        var digits = text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text;
        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = Digits.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
            if (digit < 0 || digit >= radix)
            {
                throw Define.Invalid($"Not a valid base-{radix} number: {text}");
            }

            value = (value * radix) + digit;
        }

        value = text.StartsWith('-') ? -value : value;
        return digits.Length > 0 && value >= long.MinValue && value <= long.MaxValue
            ? (long)value
            : throw Define.Invalid($"Not a valid base-{radix} number: {text}");
    }

    private static string ToBase(long value, long radix)
    {
        CheckRadix(radix);
        var left = BigInteger.Abs(value);
        var text = new StringBuilder();
        do
        {
            text.Insert(0, Digits[(int)(left % radix)]);
            left /= radix;
        }
        while (left > 0);

        return value < 0 ? "-" + text : text.ToString();
    }

    private static void CheckRadix(long radix)
    {
        if (radix is < 2 or > 36)
        {
            throw Define.Invalid("Radix must be between 2 and 36");
        }
    }

    private static long BitCount(long value, long bits)
    {
        if (bits is < 2 or > 64)
        {
            throw Define.Invalid(
                $"Bits specified in bit_count must be between 2 and 64, got {bits}");
        }

        var (low, high) = (-(1L << (int)(bits - 1)), (1L << (int)(bits - 1)) - 1);
        if (bits < 64 && (value < low || value > high))
        {
            throw Define.Invalid($"Number must be representable with the bits specified. {value} cannot be represented "
                + $"with {bits} bits");
        }

        return BitOperations.PopCount(bits == 64 ? (ulong)value : (ulong)value & ((1UL << (int)bits) - 1));
    }

    private static double? Cosine(double[] a, double[] b)
    {
        if (a.Length != b.Length)
        {
            throw Define.Invalid("The arguments must have the same length");
        }

        return Share(a.Zip(b).Sum(pair => pair.First * pair.Second), a, b);
    }

    private static double? Cosine(string?[] aKeys, double[] a, string?[] bKeys, double[] b)
    {
        var right = bKeys.Zip(b).ToDictionary(pair => pair.First ?? "", pair => pair.Second, StringComparer.Ordinal);
        return Share(aKeys.Zip(a).Sum(pair => pair.Second * right.GetValueOrDefault(pair.First ?? "")), a, b);
    }

    private static double? Share(double dot, double[] a, double[] b)
    {
        var (left, right) = (Math.Sqrt(a.Sum(x => x * x)), Math.Sqrt(b.Sum(x => x * x)));
        return left == 0 || right == 0 ? null : dot / (left * right);
    }
}
