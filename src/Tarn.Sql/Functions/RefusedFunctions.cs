namespace Tarn.Sql.Functions;

/// <summary>Functions that Athena documents and Tarn refuses by name, with the reason.</summary>
internal static class RefusedFunctions
{
    private const string Patterns = "belongs to MATCH_RECOGNIZE, which is not supported";
    private const string Learning = "machine learning in SQL is not supported";
    private const string Color = "terminal colours are not supported";
    private const string Digest = "digests of quantiles are not supported; approx_percentile is";

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
        ["qdigest_agg"] = Digest,
        ["tdigest_agg"] = Digest,
        ["value_at_quantile"] = Digest,
        ["values_at_quantiles"] = Digest,
        ["hash_counts"] = "set digests here keep no counts",
        ["spatial_partitioning"] = "is for Trino's own planning of spatial joins",
        ["spatial_partitions"] = "is for Trino's own planning of spatial joins",
        ["geometry_from_hadoop_shape"] = "ESRI's Hadoop shapes are not supported; ST_GeomFromBinary reads WKB",
        ["current_user"] = "a query does not see who runs it",
        ["invoker_principal"] = "a query does not see who runs it",
    };

    public static IReadOnlyDictionary<string, string> All => Reasons;
}
