namespace Tarn.Sql.Functions;

/// <summary>Arrays and maps whose text depends on no more than the argument types.</summary>
internal static class NestedFunctions
{
    /// <summary>NaN only when there is no number; DuckDB takes it for the greatest.</summary>
    private const string NumberMax = "(CASE WHEN list_count({0}) = len({0}) THEN coalesce(list_max(list_filter({0}, "
        + "lambda e: NOT isnan(e))), list_max({0})) END)";

    /// <summary>Comparisons of all with all that are quicker than a sort.</summary>
    private const string Few = "1000";

    private const string Distinct = DistinctStart + "{0}" + DistinctMiddle + "a" + DistinctEnd;
    private const string Union = DistinctStart + "p.a || p.b" + DistinctMiddle + "a" + DistinctEnd;

    /// <summary>Both under a name: what is NULL in the text itself would have no type.</summary>
    private const string BothStart = "list_transform([struct_pack(a := {0}, b := {1})], lambda p:";

    /// <summary>A list before and in the middle: each value's first position, in order.</summary>
    private const string DistinctStart = "list_transform([";

    private const string DistinctMiddle =
        "], lambda a: CASE WHEN len(a) <= 30 THEN list_filter(a, lambda e, i: list_position(a, e) = i) ELSE "
        + OrderStart + FirstStart;

    private const string DistinctEnd = FirstEnd + OrderEnd + " END)[1]";

    /// <summary>Around a list: the values in order, each with its first position.</summary>
    private const string FirstStart = "list_transform([list_sort(list_transform(";

    private const string FirstEnd =
        ", lambda e, i: struct_pack(v := e, i := i)))], lambda s: list_filter(s, "
        + "lambda e, i: i = 1 OR s[i - 1].v IS DISTINCT FROM e.v))[1]";

    /// <summary>Around values with positions: the values in the order of these.</summary>
    private const string OrderStart = "list_transform(list_sort(list_transform(";

    private const string OrderEnd = ", lambda e: struct_pack(i := e.i, v := e.v))), lambda e: e.v)";

    /// <summary>Both lists' values in order, those of the first before those of the second.</summary>
    private const string MergeLeft =
        "list_transform([list_sort(list_transform(" + FirstStart + "p.a" + FirstEnd
        + ", lambda e: struct_pack(v := e.v, s := 0, i := e.i)) || list_transform(" + FirstStart + "p.b" + FirstEnd
        + ", lambda e: struct_pack(v := e.v, s := 1, i := e.i)))], lambda s: list_filter(s, lambda e, i: ";

    private const string MergeRight =
        "list_transform([list_sort(list_transform(" + FirstStart + "p.b" + FirstEnd
        + ", lambda e: struct_pack(v := e.v, s := 0, i := e.i)) || list_transform(" + FirstStart + "p.a" + FirstEnd
        + ", lambda e: struct_pack(v := e.v, s := 1, i := e.i)))], lambda s: list_filter(s, lambda e, i: ";

    private const string InBoth = "e.s = 0 AND i < len(s) AND s[i + 1].v IS NOT DISTINCT FROM e.v))[1]";
    private const string InFirst = "e.s = 0 AND (i = len(s) OR s[i + 1].v IS DISTINCT FROM e.v)))[1]";
    private const string IntersectLeft = OrderStart + MergeLeft + InBoth + OrderEnd;
    private const string IntersectRight = OrderStart + MergeRight + InBoth + OrderEnd;
    private const string Except = OrderStart + MergeLeft + InFirst + OrderEnd;

    public const string Rows = $$"""
        cardinality(array(T)) bigint => CAST(len({0}) AS BIGINT)
        cardinality(map(K, V)) bigint => CAST(cardinality({0}) AS BIGINT)
        contains(array(T), T) boolean => (CASE WHEN {1} IS NULL OR {0} IS NULL THEN NULL
            WHEN list_contains({0}, {1}) THEN true WHEN list_count({0}) < len({0}) THEN NULL ELSE false END)
        contains_sequence(array(T), array(T)) boolean => (CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL
            WHEN len({1}) = 0 THEN true ELSE coalesce(list_bool_or(list_transform(range(1, len({0}) - len({1}) + 2),
            lambda i: ({0})[i : i + len({1}) - 1] = {1})), false) END)
        element_at(array(T), bigint) T => (CASE WHEN {1} = 0
            THEN {!INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1} ELSE ({0})[{1}] END)
        element_at(map(K, V), K) V => ({0})[{1}]
        array_histogram(array(T)) map(T,bigint) => coalesce(CAST(list_aggregate({0}, 'histogram') AS {R}),
            CASE WHEN {0} IS NOT NULL THEN CAST(map([], []) AS {R}) END)
        array_first(array(T)) T => ({0})[1]
        array_last(array(T)) T => ({0})[-1]
        array_sort(array(T)) array(T) => list_sort({0}, 'ASC', 'NULLS LAST')
        array_position(array(T), T) bigint => (CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL
            ELSE CAST(coalesce(list_position({0}, {1}), 0) AS BIGINT) END)
        array_max(array(double)) double => {{NumberMax}}
        array_max(array(real)) real => {{NumberMax}}
        array_max(array(T)) T => (CASE WHEN list_count({0}) = len({0}) THEN list_max({0}) END)
        array_min(array(T)) T => (CASE WHEN list_count({0}) = len({0}) THEN list_min({0}) END)
        array_distinct(array(T)) array(T) => {{Distinct}}
        array_intersect(array(T), array(T)) array(T) => {{BothStart}} CASE WHEN p.a IS NULL OR p.b IS NULL THEN NULL
            WHEN len(p.a) * len(p.b) > {{Few}}
            THEN CASE WHEN len(p.a) < len(p.b) THEN {{IntersectRight}} ELSE {{IntersectLeft}} END
            WHEN len(p.a) < len(p.b) THEN list_filter(p.b,
            lambda e, i: list_position(p.b, e) = i AND list_position(p.a, e) IS NOT NULL)
            ELSE list_filter(p.a, lambda e, i: list_position(p.a, e) = i AND list_position(p.b, e) IS NOT NULL) END)[1]
        array_except(array(T), array(T)) array(T) => {{BothStart}} CASE WHEN p.a IS NULL OR p.b IS NULL THEN NULL
            WHEN len(p.a) * len(p.b) <= {{Few}} THEN list_filter(p.a,
            lambda e, i: list_position(p.a, e) = i AND list_position(p.b, e) IS NULL) ELSE {{Except}} END)[1]
        array_union(array(T), array(T)) array(T) => {{BothStart}} CASE WHEN p.a IS NOT NULL AND p.b IS NOT NULL
            THEN {{Union}} END)[1]
        array_remove(array(T), T) array(T) => (CASE WHEN {1} IS NOT NULL
            THEN list_filter({0}, lambda e: e IS NULL OR e <> {1}) END)
        arrays_overlap(array(T), array(T)) boolean => (CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL
            WHEN len({0}) = 0 OR len({1}) = 0 THEN false WHEN list_has_any({0}, {1}) THEN true
            WHEN list_count({0}) < len({0}) OR list_count({1}) < len({1}) THEN NULL ELSE false END)
        flatten(array(array(T))) array(T) => flatten({0})
        ngrams(array(T), bigint) array(array(T)) => (CASE WHEN {1} <= 0
            THEN {!INVALID_FUNCTION_ARGUMENT: N must be positive} WHEN {0} IS NOT NULL
            THEN list_transform(range(1, greatest(1, len({0}) - {1} + 1) + 1), lambda i: ({0})[i : i + {1} - 1]) END)
        repeat(T, bigint) array(T) => (CASE WHEN {1} < 0
            THEN {!INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be greater than or equal to 0}
            WHEN {1} > 10000
            THEN {!INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be less than or equal to 10000}
            WHEN {1} IS NOT NULL THEN list_transform(range({1}), lambda i: {0}) END)
        shuffle(array(T)) array(T) => list_transform(list_sort(list_transform({0},
            lambda e: struct_pack(r := random(), v := e))), lambda p: p.v)
        slice(array(T), bigint, bigint) array(T) => (CASE WHEN {1} = 0
            THEN {!INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1} WHEN {2} < 0
            THEN {!INVALID_FUNCTION_ARGUMENT: length must be greater than or equal to 0}
            WHEN {0} IS NULL OR {1} IS NULL OR {2} IS NULL THEN NULL
            WHEN {2} = 0 OR {1} < - len({0}) OR {1} > len({0}) THEN ({0})[2 : 1]
            WHEN {1} < 0 THEN ({0})[len({0}) + {1} + 1 : len({0}) + {1} + {2}] ELSE ({0})[{1} : {1} + {2} - 1] END)
        trim_array(array(T), bigint) array(T) => (CASE WHEN {1} < 0
            THEN {!INVALID_FUNCTION_ARGUMENT: size must not be negative} WHEN {1} > len({0})
            THEN {!INVALID_FUNCTION_ARGUMENT: size must not exceed array cardinality}
            WHEN {1} = len({0}) THEN ({0})[2 : 1] ELSE ({0})[1 : len({0}) - {1}] END)
        map(array(K), array(V)) map(K,V) => map({0}, {1})
        map_keys(map(K, V)) array(K) => map_keys({0})
        map_values(map(K, V)) array(V) => map_values({0})
        """;
}
