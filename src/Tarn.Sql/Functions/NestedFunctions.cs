namespace Tarn.Sql.Functions;

/// <summary>Arrays and maps whose text depends on no more than the argument types.</summary>
internal static class NestedFunctions
{
    private const string Position = "list_position({0}, e)";

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
        array_first(array(T)) T => ({0})[1]
        array_last(array(T)) T => ({0})[-1]
        array_sort(array(T)) array(T) => list_sort({0}, 'ASC', 'NULLS LAST')
        array_position(array(T), T) bigint => (CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL
            ELSE CAST(coalesce(list_position({0}, {1}), 0) AS BIGINT) END)
        array_max(array(T)) T => (CASE WHEN list_count({0}) = len({0}) THEN list_max({0}) END)
        array_min(array(T)) T => (CASE WHEN list_count({0}) = len({0}) THEN list_min({0}) END)
        array_distinct(array(T)) array(T) => list_filter({0}, lambda e, i: {{Position}} = i)
        array_intersect(array(T), array(T)) array(T) => (CASE WHEN {1} IS NOT NULL THEN list_filter({0},
            lambda e, i: {{Position}} = i AND list_position({1}, e) IS NOT NULL) END)
        array_except(array(T), array(T)) array(T) => (CASE WHEN {1} IS NOT NULL THEN list_filter({0},
            lambda e, i: {{Position}} = i AND list_position({1}, e) IS NULL) END)
        array_union(array(T), array(T)) array(T) => (CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL
            THEN list_filter({0} || {1}, lambda e, i: list_position({0} || {1}, e) = i) END)
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
