using Tarn.Catalog.Tables;
using Tarn.Delivery.Batches;
using Tarn.Delivery.Prefixes;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.Specs;

/// <summary>A table must be one that can read what is delivered to it, from where it is delivered.</summary>
internal static class TableRules
{
    private static readonly string KeysHint =
        $"a table of the lake's layout has the partition keys {string.Join(", ", LakeLayout.PartitionKeys)} (string)";

    public static void Check(ObjectDestination objects, PrefixExpression prefix, Table table)
    {
        CheckFormat(objects, table);
        var keys = prefix.QueryKeys.Concat(prefix.LambdaKeys).ToDictionary(key => key, _ => "x");
        var sample = new ObjectKey(objects.Output.Bucket, prefix.Evaluate(new PrefixValues
        {
            Time = DateTimeOffset.UnixEpoch,
            QueryKeys = keys,
            LambdaKeys = keys,
            Seed = 0,
        }) + "object");
        if (table.PartitionKeys.Count > 0 && HivePath.FindValues(table, sample) is null)
        {
            var names = string.Join(", ", table.PartitionKeys.Select(key => key.Name));
            throw new TarnException(
                ErrorKind.Invalid,
                $"prefix '{prefix.Text}' does not lead into partitions of table '{table.Name.Name}'",
                $"its partition keys are {names}, its location is '{table.Storage.Location}',"
                + $" and an object would be '{sample}'",
                KeysHint);
        }

        if (table.PartitionKeys.Count == 0 && !HivePath.IsBelow(table, sample))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"prefix '{prefix.Text}' does not lead below the location of table '{table.Name.Name}'",
                $"its location is '{table.Storage.Location}', and an object would be '{sample}'");
        }
    }

    private static void CheckFormat(ObjectDestination objects, Table table)
    {
        var isRead = objects.Conversion is null
            ? table.Storage.SerDe is SerDeNames.OpenXJson or SerDeNames.HiveJson
            : table.Storage.SerDe == SerDeNames.Parquet;
        if (!isRead)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"table '{table.Name.Name}' does not read {(objects.Conversion is null ? "JSON lines" : "Parquet")}",
                $"its SerDe is '{table.Storage.SerDe}'",
                objects.Conversion is null ? $"use the SerDe {SerDeNames.OpenXJson}" : null);
        }
    }
}
