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
        round(I, bigint) I => CAST(tarn_round_whole({0}, {1}) AS {R})
        round(real, bigint) real => CAST(tarn_round(CAST({0} AS DOUBLE), {1}) AS FLOAT)
        round(double, bigint) double => tarn_round({0}, {1})
        truncate(real) real => CAST(trunc({0}) AS FLOAT)
        truncate(double) double => trunc({0})
        truncate(double, bigint) double => tarn_truncate({0}, {1})
        sign(I) I => CAST(sign({0}) AS {T})
        sign(double) double => (CASE WHEN isnan({0}) THEN {0} ELSE CAST(sign({0}) AS DOUBLE) END)
        sign(real) real => CAST(sign({0}) AS FLOAT)
        power(double, double) double => tarn_pow({0}, {1})
        pow(double, double) double => tarn_pow({0}, {1})
        exp(double) double => tarn_exp({0})
        sqrt(double) double => (CASE WHEN {0} < 0 THEN {{NaN}} ELSE sqrt({0}) END)
        cbrt(double) double => tarn_cbrt({0})
        ln(double) double => (CASE WHEN {0} < 0 THEN {{NaN}} WHEN {0} = 0 THEN {{NegativeInfinity}} ELSE ln({0}) END)
        log2(double) double => (CASE WHEN {0} < 0 THEN {{NaN}} WHEN {0} = 0 THEN {{NegativeInfinity}}
            ELSE log2({0}) END)
        log10(double) double => (CASE WHEN {0} < 0 THEN {{NaN}} WHEN {0} = 0 THEN {{NegativeInfinity}}
            ELSE log10({0}) END)
        log(double, double) double => tarn_log({0}, {1})
        pi() double => pi()
        e() double => exp(CAST(1 AS DOUBLE))
        degrees(double) double => degrees({0})
        radians(double) double => radians({0})
        sin(double) double => tarn_sin({0})
        cos(double) double => tarn_cos({0})
        tan(double) double => tarn_tan({0})
        asin(double) double => (CASE WHEN abs({0}) > 1 THEN {{NaN}} ELSE asin({0}) END)
        acos(double) double => (CASE WHEN abs({0}) > 1 THEN {{NaN}} ELSE acos({0}) END)
        atan(double) double => atan({0})
        atan2(double, double) double => atan2({0}, {1})
        sinh(double) double => tarn_sinh({0})
        cosh(double) double => tarn_cosh({0})
        tanh(double) double => tanh({0})
        random() double => random()
        rand() double => random()
        random(I) I => (CASE WHEN {0} <= 0 THEN {!INVALID_FUNCTION_ARGUMENT: bound must be positive}
            ELSE CAST(floor(random() * {0}) AS {R}) END)
        rand(I) I => (CASE WHEN {0} <= 0 THEN {!INVALID_FUNCTION_ARGUMENT: bound must be positive}
            ELSE CAST(floor(random() * {0}) AS {R}) END)
        random(I, I) I => (CASE WHEN {1} <= {0}
            THEN {!INVALID_FUNCTION_ARGUMENT: start value must be less than stop value}
            ELSE CAST({0} + floor(random() * (CAST({1} AS DOUBLE) - {0})) AS {R}) END)
        rand(I, I) I => (CASE WHEN {1} <= {0}
            THEN {!INVALID_FUNCTION_ARGUMENT: start value must be less than stop value}
            ELSE CAST({0} + floor(random() * (CAST({1} AS DOUBLE) - {0})) AS {R}) END)
        width_bucket(double, double, double, bigint) bigint => tarn_width_bucket({*})
        width_bucket(double, array(double)) bigint => tarn_width_bucket_bins({0}, {1})
        normal_cdf(double, double, double) double => tarn_normal_cdf({*})
        inverse_normal_cdf(double, double, double) double => tarn_inverse_normal_cdf({*})
        beta_cdf(double, double, double) double => tarn_beta_cdf({*})
        inverse_beta_cdf(double, double, double) double => tarn_inverse_beta_cdf({*})
        wilson_interval_lower(bigint, bigint, double) double => tarn_wilson_lower({*})
        wilson_interval_upper(bigint, bigint, double) double => tarn_wilson_upper({*})
        from_base(varchar, bigint) bigint => tarn_from_base({0}, {1})
        to_base(bigint, bigint) varchar => tarn_to_base({0}, {1})
        cosine_similarity(array(double), array(double)) double => (CASE WHEN list_count({0}) = len({0})
            AND list_count({1}) = len({1}) THEN tarn_cosine({0}, {1}) END)
        cosine_similarity(map(varchar, double), map(varchar, double)) double =>
            tarn_cosine_map(map_keys({0}), map_values({0}), map_keys({1}), map_values({1}))
        cosine_distance(array(double), array(double)) double => (CASE WHEN list_count({0}) = len({0})
            AND list_count({1}) = len({1}) THEN 1 - tarn_cosine({0}, {1}) END)
        cosine_distance(map(varchar, double), map(varchar, double)) double =>
            (1 - tarn_cosine_map(map_keys({0}), map_values({0}), map_keys({1}), map_values({1})))
        nan() double => {{NaN}}
        infinity() double => CAST('inf' AS DOUBLE)
        is_nan(double) boolean => isnan({0})
        is_infinite(double) boolean => isinf({0})
        is_finite(double) boolean => isfinite({0})
        bitwise_and(bigint, bigint) bigint => ({0} & {1})
        bitwise_or(bigint, bigint) bigint => ({0} | {1})
        bitwise_xor(bigint, bigint) bigint => xor({0}, {1})
        bitwise_not(bigint) bigint => (~ {0})
        bit_count(bigint, bigint) bigint => tarn_bit_count({0}, {1})
        bitwise_left_shift(tinyint, bigint) tinyint => CAST(tarn_shift_left({0}, {1}, 8) AS TINYINT)
        bitwise_right_shift(tinyint, bigint) tinyint => CAST(tarn_shift_right({0}, {1}, 8) AS TINYINT)
        bitwise_right_shift_arithmetic(tinyint, bigint) tinyint => CAST(tarn_shift_arithmetic({0}, {1}, 8) AS TINYINT)
        bitwise_left_shift(smallint, bigint) smallint => CAST(tarn_shift_left({0}, {1}, 16) AS SMALLINT)
        bitwise_right_shift(smallint, bigint) smallint => CAST(tarn_shift_right({0}, {1}, 16) AS SMALLINT)
        bitwise_right_shift_arithmetic(smallint, bigint) smallint =>
            CAST(tarn_shift_arithmetic({0}, {1}, 16) AS SMALLINT)
        bitwise_left_shift(integer, bigint) integer => CAST(tarn_shift_left({0}, {1}, 32) AS INTEGER)
        bitwise_right_shift(integer, bigint) integer => CAST(tarn_shift_right({0}, {1}, 32) AS INTEGER)
        bitwise_right_shift_arithmetic(integer, bigint) integer => CAST(tarn_shift_arithmetic({0}, {1}, 32) AS INTEGER)
        bitwise_left_shift(bigint, bigint) bigint => CAST(tarn_shift_left({0}, {1}, 64) AS BIGINT)
        bitwise_right_shift(bigint, bigint) bigint => CAST(tarn_shift_right({0}, {1}, 64) AS BIGINT)
        bitwise_right_shift_arithmetic(bigint, bigint) bigint => CAST(tarn_shift_arithmetic({0}, {1}, 64) AS BIGINT)
        """;
}
