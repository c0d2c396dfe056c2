namespace Tarn.Sql.Functions;

/// <summary>Functions that Athena documents and Tarn refuses by name, with the reason.</summary>
internal static class RefusedFunctions
{
    private const string Patterns = "belongs to MATCH_RECOGNIZE, which is not supported";
    private const string Learning = "machine learning in SQL is not supported";
    private const string Color = "terminal colours are not supported";
    private const string Digest = "digests of quantiles are not supported; approx_percentile is";
    private const string Teradata = "Teradata's patterns are not supported; those of date_format and date_parse are";
    private const string MongoDb = "is of Trino's connector to MongoDB";

    /// <summary>What Trino's list of functions has today and the engine of Athena has not.</summary>
    private const string Later = """
        collect element exclude_columns fusion geometry_collect_agg intersection json json_scalar json_serialize
        random_string set st_asewkb st_asewkt st_collect st_force2d st_force3d st_geomfromewkt st_geomfromkml
        st_linemerge st_makeline st_makepolygon st_minimumboundingcircle st_multi st_normalize
        st_orientedenvelope st_pointonsurface st_polygonize st_reduceprecision st_setsrid st_srid st_transform
        st_voronoipolygons st_z theta_sketch_cardinality theta_sketch_union timestamp_objectid title_case
        """;

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["classifier"] = Patterns,
        ["first"] = Patterns,
        ["last"] = Patterns,
        ["match_number"] = Patterns,
        ["next"] = Patterns,
        ["permute"] = Patterns,
        ["prev"] = Patterns,
        ["classify"] = Learning,
        ["features"] = Learning,
        ["learn_classifier"] = Learning,
        ["learn_libsvm_classifier"] = Learning,
        ["learn_libsvm_regressor"] = Learning,
        ["learn_regressor"] = Learning,
        ["regress"] = Learning,
        ["bar"] = Color,
        ["color"] = Color,
        ["render"] = Color,
        ["rgb"] = Color,
        ["to_char"] = Teradata,
        ["to_date"] = Teradata,
        ["to_timestamp"] = Teradata,
        ["qdigest_agg"] = Digest,
        ["tdigest_agg"] = Digest,
        ["value_at_quantile"] = Digest,
        ["values_at_quantiles"] = Digest,
        ["hash_counts"] = "set digests here keep no counts",
        ["spatial_partitioning"] = "is for Trino's own planning of spatial joins",
        ["spatial_partitions"] = "is for Trino's own planning of spatial joins",
        ["geometry_from_hadoop_shape"] = "ESRI's Hadoop shapes are not supported; ST_GeomFromBinary reads WKB",
        ["evaluate_classifier_predictions"] = Learning,
        ["objectid"] = MongoDb,
        ["objectid_timestamp"] = MongoDb,
        ["current_groups"] = "a query does not see who runs it",
        ["current_schema"] = "a query does not see its database",
        ["current_user"] = "a query does not see who runs it",
        ["invoker_principal"] = "a query does not see who runs it",
    };

    public static IReadOnlyDictionary<string, string> All { get; } = Reasons
        .Concat(Later.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(name =>
            KeyValuePair.Create(name, "came to Trino after Athena engine version 3")))
        .ToDictionary(StringComparer.Ordinal);
}
