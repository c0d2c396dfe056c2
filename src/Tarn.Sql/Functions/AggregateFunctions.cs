namespace Tarn.Sql.Functions;

/// <summary>Aggregates (usable with OVER) and window functions.</summary>
internal static class AggregateFunctions
{
    /// <summary>NaN only when there is no number; DuckDB takes it for the greatest.</summary>
    private const string NumberMax =
        "(CASE WHEN isnan(«max({0})») THEN coalesce(«max(CASE WHEN NOT isnan({0}) THEN {0} END)», «max({0})») "
        + "ELSE «max({0})» END)";

    /// <summary>Around the hash of a row: the sum of all, with a prime for NULL.</summary>
    private const string SumStart =
        "tarn_checksum_sum(«sum(CAST(CASE WHEN {0} IS NULL THEN -7046029288634856825 ELSE ";

    private const string SumEnd = " END AS HUGEINT))»)";

    public const string Rows = $$"""
        count() bigint => «count(*)»
        count(T) bigint => «count({0})»
        count_if(boolean) bigint => «count(CASE WHEN {0} THEN 1 END)»
        sum(I) bigint => CAST(«sum({0})» AS BIGINT)
        sum(real) real => CAST(«sum({0})» AS FLOAT)
        sum(double) double => «sum({0})»
        sum(interval day to second) interval day to second
            => to_microseconds(CAST(«sum(epoch_ms({0}))» AS BIGINT) * 1000)
        avg(I) double => «avg({0})»
        avg(real) real => CAST(«avg({0})» AS FLOAT)
        avg(double) double => «avg({0})»
        avg(interval day to second) interval day to second
            => to_microseconds(CAST(round(«avg(epoch_ms({0}))») AS BIGINT) * 1000)
        min(T) T => «min({0})»
        max(double) double => {{NumberMax}}
        max(real) real => {{NumberMax}}
        max(T) T => «max({0})»
        min(T, bigint) array(T) => «min({0}, {1})»
        max(T, bigint) array(T) => «max({0}, {1})»
        any_value(T) T => «any_value({0})»
        arbitrary(T) T => «any_value({0})»
        bool_and(boolean) boolean => «bool_and({0})»
        bool_or(boolean) boolean => «bool_or({0})»
        every(boolean) boolean => «bool_and({0})»
        max_by(T, U) T => «arg_max_null({0}, {1})»
        min_by(T, U) T => «arg_min_null({0}, {1})»
        max_by(T, U, bigint) array(T) => «arg_max({0}, {1}, {2})»
        min_by(T, U, bigint) array(T) => «arg_min({0}, {1}, {2})»
        array_agg(T) array(T) => «list({0})»
        approx_distinct(T) bigint => «approx_count_distinct({0})»
        approx_percentile(bigint, double) bigint => «approx_quantile({0}, CAST({1} AS FLOAT))»
        approx_percentile(real, double) real => «approx_quantile({0}, CAST({1} AS FLOAT))»
        approx_percentile(double, double) double => «approx_quantile({0}, CAST({1} AS FLOAT))»
        approx_percentile(bigint, array(double)) array(bigint) => «approx_quantile({0}, CAST({1} AS FLOAT[]))»
        approx_percentile(real, array(double)) array(real) => «approx_quantile({0}, CAST({1} AS FLOAT[]))»
        approx_percentile(double, array(double)) array(double) => «approx_quantile({0}, CAST({1} AS FLOAT[]))»
        stddev(double) double => «stddev_samp({0})»
        stddev_samp(double) double => «stddev_samp({0})»
        stddev_pop(double) double => «stddev_pop({0})»
        variance(double) double => «var_samp({0})»
        var_samp(double) double => «var_samp({0})»
        var_pop(double) double => «var_pop({0})»
        skewness(double) double => (CASE WHEN «count({0})» >= 3 THEN «skewness({0})» * («count({0})» - 2)
            / sqrt(«count({0})» * («count({0})» - 1)) END)
        kurtosis(double) double => «kurtosis({0})»
        geometric_mean(double) double => «geomean({0})»
        corr(double, double) double => (CASE WHEN isfinite(«corr({0}, {1})») THEN «corr({0}, {1})» END)
        covar_pop(double, double) double => «covar_pop({0}, {1})»
        covar_samp(double, double) double => «covar_samp({0}, {1})»
        regr_slope(double, double) double
            => (CASE WHEN isfinite(«regr_slope({0}, {1})») THEN «regr_slope({0}, {1})» END)
        regr_intercept(double, double) double
            => (CASE WHEN isfinite(«regr_intercept({0}, {1})») THEN «regr_intercept({0}, {1})» END)
        entropy(double) double => coalesce(greatest(«sum(CASE WHEN {0} < 0
            THEN {!INVALID_FUNCTION_ARGUMENT: Entropy count argument must be non-negative} ELSE 0 END)»,
            log2(nullif(«sum({0})», 0)) - «sum(CASE WHEN {0} > 0 THEN {0} * log2({0}) ELSE 0 END)»
            / nullif(«sum({0})», 0)), 0)
        checksum(boolean) varbinary => {{SumStart}}tarn_checksum_whole(CAST({0} AS BIGINT)){{SumEnd}}
        checksum(I) varbinary => {{SumStart}}tarn_checksum_whole(CAST({0} AS BIGINT)){{SumEnd}}
        checksum(real) varbinary => {{SumStart}}tarn_checksum_real({0}){{SumEnd}}
        checksum(double) varbinary => {{SumStart}}tarn_checksum_double({0}){{SumEnd}}
        checksum(varchar) varbinary => {{SumStart}}tarn_checksum_bytes(encode({0})){{SumEnd}}
        checksum(varbinary) varbinary => {{SumStart}}tarn_checksum_bytes({0}){{SumEnd}}
        checksum(date) varbinary => {{SumStart}}tarn_checksum_whole(datediff('day', DATE '1970-01-01', {0})){{SumEnd}}
        checksum(timestamp) varbinary => {{SumStart}}tarn_checksum_whole(epoch_us({0})){{SumEnd}}
        bitwise_and_agg(bigint) bigint => «bit_and({0})»
        bitwise_or_agg(bigint) bigint => «bit_or({0})»
        bitwise_xor_agg(bigint) bigint => «bit_xor({0})»
        histogram(T) map(T,bigint) => CAST(«histogram({0})» AS {R})
        """;

    public const string WindowRows = """
        row_number() bigint => «row_number()»
        rank() bigint => «rank()»
        dense_rank() bigint => «dense_rank()»
        percent_rank() double => «percent_rank()»
        cume_dist() double => «cume_dist()»
        ntile(bigint) bigint => «ntile({0})»
        lag(T) T => «lag({0})»
        lag(T, bigint) T => «lag({0}, {1})»
        lag(T, bigint, T) T => «lag({0}, {1}, {2})»
        lead(T) T => «lead({0})»
        lead(T, bigint) T => «lead({0}, {1})»
        lead(T, bigint, T) T => «lead({0}, {1}, {2})»
        first_value(T) T => «first_value({0})»
        last_value(T) T => «last_value({0})»
        nth_value(T, bigint) T => «nth_value({0}, {1})»
        """;
}
