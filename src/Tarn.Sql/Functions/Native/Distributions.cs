namespace Tarn.Sql.Functions.Native;

/// <summary>Distribution functions, their inverses, and Wilson's score interval.</summary>
internal static class Distributions
{
    private const double Tiny = 1e-300;
    private const double Precision = 1e-16;

    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    public static double NormalCdf(double mean, double deviation, double value) => deviation > 0
        ? 0.5 * Erfc(-(value - mean) / (deviation * Math.Sqrt(2)))
        : throw Define.Invalid("standardDeviation must be > 0");

    /// <summary>Acklam's rational start, made exact by Newton's steps.</summary>
    public static double InverseNormalCdf(double mean, double deviation, double p)
    {
        if (p is not (> 0 and < 1))
        {
            throw Define.Invalid("p must be 0 > p > 1");
        }

        if (!(deviation > 0))
        {
            throw Define.Invalid("sd must be > 0");
        }

        var z = Start(p);
        for (var step = 0; step < 3; step++)
        {
            var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
            var error = (0.5 * Erfc(-z / Math.Sqrt(2))) - p;
            var newton = error / density;
            z -= newton / (1 + (z * newton / 2));
        }

        return mean + (deviation * z);
    }

    public static double BetaCdf(double a, double b, double value)
    {
        CheckBeta(a, b);
        return value is >= 0 and <= 1
            ? IncompleteBeta(a, b, value)
            : throw Define.Invalid("value must be 0 >= v >= 1");
    }

    public static double InverseBetaCdf(double a, double b, double p)
    {
        CheckBeta(a, b);
        if (p is not (>= 0 and <= 1))
        {
            throw Define.Invalid("p must be 0 >= p >= 1");
        }

        var (low, high) = (0d, 1d);
        for (var step = 0; step < 200 && high > low; step++)
        {
            var middle = (low + high) / 2;
            if (middle == low || middle == high)
            {
                break;
            }

            (low, high) = IncompleteBeta(a, b, middle) < p ? (middle, high) : (low, middle);
        }

        return p == 0 ? 0 : p == 1 ? 1 : (low + high) / 2;
    }

    public static double Wilson(long successes, long trials, double z, int sign)
    {
        if (successes < 0 || trials <= 0 || successes > trials || z < 0)
        {
            throw Define.Invalid(
                successes < 0 ? "number of successes must not be negative"
                    : trials <= 0 ? "number of trials must be positive"
                    : successes > trials ? "number of successes must not be larger than number of trials"
                    : "z-score must not be negative");
        }

        double n = trials;
        var share = successes / n;
        var spread = z * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n)));
        return (share + (z * z / (2 * n)) + (sign * spread)) / (1 + (z * z / n));
    }

    private static void CheckBeta(double a, double b)
    {
        if (!(a > 0) || !(b > 0))
        {
            throw Define.Invalid("a, b must be > 0");
        }
    }

    private static double Start(double p)
    {
        ReadOnlySpan<double> a =
        [
            -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690, -30.66479806614716,
            2.506628277459239,
        ];
        ReadOnlySpan<double> b =
            [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
        ReadOnlySpan<double> c =
        [
            -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
            2.938163982698783,
        ];
        ReadOnlySpan<double> d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
        if (p is >= 0.02425 and <= 0.97575)
        {
            var (q, r) = (p - 0.5, (p - 0.5) * (p - 0.5));
            return Polynomial(a, r) * q / Polynomial(b, r);
        }

        var tail = Math.Sqrt(-2 * Math.Log(Math.Min(p, 1 - p)));
        var value = Polynomial(c, tail) / Polynomial(d, tail);
        return p < 0.5 ? value : -value;
    }

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        var value = 0d;
        foreach (var coefficient in coefficients)
        {
            value = (value * x) + coefficient;
        }

        return value;
    }

    /// <summary>A series near zero, a continued fraction far away.</summary>
    private static double Erfc(double x)
    {
        if (x < 0)
        {
            return 2 - Erfc(-x);
        }

        if (x < 2.5)
        {
            var (term, sum) = (x, x);
            for (var n = 1; Math.Abs(term) > sum * Precision / 10; n++)
            {
                term *= -x * x / n;
                sum += term / ((2 * n) + 1);
                if (n > 500)
                {
                    break;
                }
            }

            return 1 - (2 / Math.Sqrt(Math.PI) * sum);
        }

        var fraction = 0d;
        for (var n = 120; n > 0; n--)
        {
            fraction = n / 2d / (x + fraction);
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }

    private static double LogGamma(double x)
    {
        if (x < 0.5)
        {
            return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - LogGamma(1 - x);
        }

        x -= 1;
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++)
        {
            sum += Lanczos[i] / (x + i);
        }

        var t = x + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    private static double IncompleteBeta(double a, double b, double x)
    {
        if (x is 0 or 1)
        {
            return x;
        }

        if (x > (a + 1) / (a + b + 2))
        {
            return 1 - IncompleteBeta(b, a, 1 - x);
        }

        var front = Math.Exp(
            LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x))) / a;
        var (c, d) = (1d, 1 / NotZero(1 - ((a + b) * x / (a + 1))));
        var value = d;
        for (var m = 1; m < 1000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            value *= d * c;
            if (Math.Abs((d * c) - 1) < Precision)
            {
                break;
            }
        }

        return front * value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
