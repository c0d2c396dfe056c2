namespace Tarn.Sql.Functions;

/// <summary>
/// HyperLogLog and set digests, as what they are for: a sketch is the 2,048 smallest distinct hashes (about 2 % of
/// error), so that sketches can be merged and compared. It is not Trino's byte format and has no cast to varbinary.
/// </summary>
internal static class SketchFunctions
{
    private const string Build = "«min(DISTINCT CASE WHEN {0} IS NOT NULL THEN hash({0}) END, 2048)»";
    private const string Merge = "list_slice(list_sort(list_distinct(flatten(«list({0})»))), 1, 2048)";
    private const string Both = "list_slice(list_sort(list_distinct(list_concat({0}, {1}))), 1, 2048)";
    private const string Shared = $"len(list_intersect(list_intersect({Both}, {{0}}), {{1}}))";

    public const string Rows = $$"""
        cardinality(hyperloglog) bigint => {{CountStart}}{0}{{CountEnd}}
        cardinality(setdigest) bigint => {{CountStart}}{0}{{CountEnd}}
        empty_approx_set() hyperloglog => CAST([] AS UBIGINT[])
        jaccard_index(setdigest, setdigest) double => ({{Shared}} / CAST(len({{Both}}) AS DOUBLE))
        intersection_cardinality(setdigest, setdigest) bigint => CAST(round({{Shared}} / CAST(len({{Both}}) AS DOUBLE)
            * {{CountStart}}{{Both}}{{CountEnd}}) AS BIGINT)
        """;

    public const string AggregateRows = $$"""
        approx_set(T) hyperloglog => {{Build}}
        approx_set(T, double) hyperloglog => {{Build}}
        merge(hyperloglog) hyperloglog => {{Merge}}
        make_set_digest(T) setdigest => {{Build}}
        merge_set_digest(setdigest) setdigest => {{Merge}}
        """;

    /// <summary>All hashes when they are few; else how densely the smallest ones lie.</summary>
    private const string CountStart = "(list_transform([";

    private const string CountEnd =
        "], lambda h: CASE WHEN len(h) < 2048 THEN CAST(len(h) AS BIGINT) "
        + "ELSE CAST(round(2047 / (CAST(h[2048] AS DOUBLE) / 18446744073709551616.0)) AS BIGINT) END)[1])";
}
