using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Query.Writing;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Query.Buckets;

/// <summary>DuckDB's expression of a row's bucket.</summary>
internal static class BucketText
{
    /// <param name="relation">That has the columns under their names.</param>
    public static string Of(WriteBuckets buckets, string relation)
    {
        var hashes = buckets.Columns.Select(column =>
            $"coalesce({Hash($"{relation}.{DuckText.Name(column.Name)}", column.Type)}, 0)");
        var hash = hashes.Aggregate((before, next) => $"tarn_hive_combine({before}, {next})");
        return string.Create(
            CultureInfo.InvariantCulture, $"tarn_hive_bucket({hash}, CAST({buckets.Count} AS INTEGER))");
    }

    /// <summary>Throws Unsupported, as Athena does, for a type that rows cannot be divided by.</summary>
    public static void Require(string column, SqlType type)
    {
        if (Hash("x", type) is null)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"Table bucketing not supported for type: {type} (column '{column}')") { Code = "NOT_SUPPORTED" };
        }
    }

    private static string? Hash(string x, SqlType type) => type.Kind switch
    {
        TypeKind.Boolean or TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer => $"CAST({x} AS INTEGER)",
        TypeKind.BigInt => $"tarn_hive_whole({x})",
        TypeKind.Real => $"tarn_hive_real({x})",
        TypeKind.Double => $"tarn_hive_double({x})",
        TypeKind.Varchar => $"tarn_hive_text({x})",
        TypeKind.Date => $"CAST({x} - DATE '1970-01-01' AS INTEGER)",
        TypeKind.Timestamp => $"tarn_hive_timestamp(epoch_us({x}))",
        _ => null,
    };
}
