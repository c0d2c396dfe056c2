using Tarn.Primitives.Functions;
using Tarn.Sql.Functions.Native;

namespace Tarn.Query.Buckets;

/// <summary>Hashes that DuckDB calls where rows are divided among buckets.</summary>
internal static class BucketFunctions
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_hive_whole", (long value) => HiveHash.Whole(value)),
        Define.Of("tarn_hive_text", (string value) => HiveHash.Text(value)),
        Define.Of("tarn_hive_real", (float value) => HiveHash.Real(value)),
        Define.Of("tarn_hive_double", (double value) => HiveHash.Double(value)),
        Define.Of("tarn_hive_timestamp", (long micros) => HiveHash.Timestamp(micros)),
        Define.Of("tarn_hive_combine", (int before, int next) => HiveHash.Combine(before, next)),
        Define.Of("tarn_hive_bucket", (int hash, int count) => HiveHash.Bucket(hash, count)),
    ];
}
