namespace Tarn.Sql.Functions;

/// <summary>Arrays and maps.</summary>
internal static class NestedFunctions
{
    public const string Rows = """
        cardinality(array(T)) bigint => CAST(len({0}) AS BIGINT)
        cardinality(map(K, V)) bigint => CAST(cardinality({0}) AS BIGINT)
        contains(array(T), T) boolean => (CASE WHEN list_contains({0}, {1}) THEN true
            WHEN {1} IS NULL OR {0} IS NULL OR list_count({0}) < len({0}) THEN NULL ELSE false END)
        element_at(array(T), bigint) T => (CASE WHEN {1} = 0
            THEN {!INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1} ELSE ({0})[{1}] END)
        element_at(map(K, V), K) V => ({0})[{1}]
        array_sort(array(T)) array(T) => list_sort({0}, 'ASC', 'NULLS LAST')
        array_position(array(T), T) bigint => (CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL
            ELSE CAST(coalesce(list_position({0}, {1}), 0) AS BIGINT) END)
        array_max(array(T)) T => (CASE WHEN list_count({0}) = len({0}) THEN list_max({0}) END)
        array_min(array(T)) T => (CASE WHEN list_count({0}) = len({0}) THEN list_min({0}) END)
        array_join(array(varchar), varchar) varchar => array_to_string({0}, {1})
        flatten(array(array(T))) array(T) => flatten({0})
        sequence(bigint, bigint) array(bigint) => (CASE WHEN {0} <= {1} THEN generate_series({0}, {1})
            ELSE generate_series({0}, {1}, -1) END)
        map(array(K), array(V)) map(K,V) => map({0}, {1})
        map_keys(map(K, V)) array(K) => map_keys({0})
        map_values(map(K, V)) array(V) => map_values({0})
        """;
}
