namespace Tarn.Sql.Functions;

/// <summary>
/// Numbers and bits. DuckDB fails where Trino gives NaN or an infinity; the CASEs say what Trino gives.
/// </summary>
internal static class MathFunctions
{
    private const string NaN = "CAST('nan' AS DOUBLE)";
    private const string NegativeInfinity = "CAST('-inf' AS DOUBLE)";

    public const string Rows = $$"""
        abs(N) N => abs({0})
        ceil(I) I => {0}
        ceil(real) real => CAST(ceil({0}) AS FLOAT)
        ceil(double) double => ceil({0})
        floor(I) I => {0}
        floor(real) real => CAST(floor({0}) AS FLOAT)
        floor(double) double => floor({0})
        round(I) I => {0}
        round(real) real => CAST(round({0}) AS FLOAT)
        round(double) double => round({0})
        round(double, integer) double => round({0}, {1})
        truncate(double) double => trunc({0})
        sign(I) I => CAST(sign({0}) AS {T})
        sign(double) double => CAST(sign({0}) AS DOUBLE)
        power(double, double) double => pow({0}, {1})
        pow(double, double) double => pow({0}, {1})
        exp(double) double => exp({0})
        sqrt(double) double => (CASE WHEN {0} < 0 THEN {{NaN}} ELSE sqrt({0}) END)
        cbrt(double) double => cbrt({0})
        ln(double) double => (CASE WHEN {0} < 0 THEN {{NaN}} WHEN {0} = 0 THEN {{NegativeInfinity}} ELSE ln({0}) END)
        log2(double) double => (CASE WHEN {0} < 0 THEN {{NaN}} WHEN {0} = 0 THEN {{NegativeInfinity}}
            ELSE log2({0}) END)
        log10(double) double => (CASE WHEN {0} < 0 THEN {{NaN}} WHEN {0} = 0 THEN {{NegativeInfinity}}
            ELSE log10({0}) END)
        log(double, double) double => (ln({1}) / ln({0}))
        pi() double => pi()
        e() double => exp(CAST(1 AS DOUBLE))
        degrees(double) double => degrees({0})
        radians(double) double => radians({0})
        sin(double) double => sin({0})
        cos(double) double => cos({0})
        tan(double) double => tan({0})
        asin(double) double => (CASE WHEN abs({0}) > 1 THEN {{NaN}} ELSE asin({0}) END)
        acos(double) double => (CASE WHEN abs({0}) > 1 THEN {{NaN}} ELSE acos({0}) END)
        atan(double) double => atan({0})
        atan2(double, double) double => atan2({0}, {1})
        sinh(double) double => sinh({0})
        cosh(double) double => cosh({0})
        tanh(double) double => tanh({0})
        random() double => random()
        rand() double => random()
        nan() double => {{NaN}}
        infinity() double => CAST('inf' AS DOUBLE)
        is_nan(double) boolean => isnan({0})
        is_infinite(double) boolean => isinf({0})
        is_finite(double) boolean => isfinite({0})
        bitwise_and(bigint, bigint) bigint => ({0} & {1})
        bitwise_or(bigint, bigint) bigint => ({0} | {1})
        bitwise_xor(bigint, bigint) bigint => xor({0}, {1})
        bitwise_not(bigint) bigint => (~ {0})
        """;
}
