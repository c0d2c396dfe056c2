using System.Globalization;
using System.Text.Json.Nodes;
using Tarn.Query.Compilation;
using Tarn.Query.Executions;

namespace Tarn.Query.Estimates;

/// <summary>What a planned query will scan, in words and in JSON. Pure.</summary>
internal static class EstimateText
{
    /// <summary>The sum on the first line, then a line per table.</summary>
    public static IReadOnlyList<string> Lines(QueryPlan plan)
    {
        var estimate = plan.Estimate;
        List<string> lines =
        [
            $"Estimate: {Bytes(estimate.Bytes)} in {Files(estimate.Files)}, {Usd(estimate.AthenaPriceUsd)} USD",
        ];
        lines.AddRange(plan.Scans.Select(Line));
        return lines;
    }

    public static JsonObject Json(ScanEstimate estimate) => new()
    {
        ["scannedBytes"] = estimate.Bytes,
        ["files"] = estimate.Files,
        ["costUsd"] = estimate.AthenaPriceUsd,
    };

    private static string Line(PlannedScan scan)
    {
        var columns = string.Join(", ", scan.Scan.Columns.Order(StringComparer.Ordinal));
        var partitions = scan.Bound.Table!.PartitionKeys.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $" in {Partitions(scan):N0} partition(s)")
            : "";
        return $"  {scan.Bound.Name}: {Bytes(scan.Bytes)} in {Files(scan.Files.Count())}{partitions}, "
            + $"columns [{columns}]";
    }

    public static int Partitions(PlannedScan scan) =>
        scan.Files.Select(file => file.Partition.Location).Distinct(StringComparer.Ordinal).Count();

    public static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes");

    private static string Files(int files) => string.Create(CultureInfo.InvariantCulture, $"{files:N0} file(s)");

    public static string Usd(decimal usd) => usd.ToString("0.##########", CultureInfo.InvariantCulture);
}
