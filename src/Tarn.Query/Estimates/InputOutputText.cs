using System.Text.Json.Nodes;
using Tarn.Catalog.Tables;
using Tarn.Query.Compilation;
using Tarn.Query.Views;

namespace Tarn.Query.Estimates;

/// <summary>
/// EXPLAIN (TYPE IO) in Trino's form: the tables that are read, each with what the conditions leave of its columns, and
/// the one that is written. Of the costs only the bytes are known, the others are NaN, as Trino writes those. Pure.
/// </summary>
internal static class InputOutputText
{
    private const string Unknown = "NaN";

    /// <param name="output">The table that the statement writes, or null.</param>
    public static JsonObject Of(QueryPlan plan, TableName? output)
    {
        var text = new JsonObject
        {
            ["inputTableColumnInfos"] = new JsonArray([.. plan.Scans.Select(Input)]),
        };
        if (output is { } written)
        {
            text["outputTable"] = TableOf(written);
        }

        var estimate = Estimate(plan.Estimate.Bytes);
        estimate["files"] = plan.Estimate.Files;
        estimate["costUsd"] = plan.Estimate.AthenaPriceUsd;
        text["estimate"] = estimate;
        return text;
    }

    private static JsonObject Input(PlannedScan scan)
    {
        var constraints = scan.Scan.Filters
            .GroupBy(filter => filter.Column, StringComparer.Ordinal)
            .Select(filters =>
            {
                var type = scan.Bound.Types.GetValueOrDefault(filters.Key);
                return new JsonObject
                {
                    ["columnName"] = filters.Key,
                    ["type"] = type?.ToString(),
                    ["domain"] = ColumnDomain.Of(type, filters).Json(),
                };
            });
        var estimate = Estimate(scan.Bytes);
        estimate["files"] = scan.Files.Count();
        estimate["partitions"] = EstimateText.Partitions(scan);
        return new JsonObject
        {
            ["table"] = TableOf(scan.Bound.Name),
            ["columnConstraints"] = new JsonArray([.. constraints]),
            ["estimate"] = estimate,
        };
    }

    private static JsonObject TableOf(TableName name) => new()
    {
        ["catalog"] = PrestoView.CatalogName,
        ["schemaTable"] = new JsonObject { ["schema"] = name.Database, ["table"] = name.Name },
    };

    private static JsonObject Estimate(long bytes) => new()
    {
        ["outputRowCount"] = Unknown,
        ["outputSizeInBytes"] = bytes,
        ["cpuCost"] = Unknown,
        ["maxMemory"] = Unknown,
        ["networkCost"] = Unknown,
    };
}
