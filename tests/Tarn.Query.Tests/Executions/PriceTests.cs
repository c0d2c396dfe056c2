using Tarn.Query.Executions;
using Tarn.Testing;

namespace Tarn.Query.Tests.Executions;

/// <summary>The price of scanned bytes that is set, wherever a cost is told.</summary>
public sealed class PriceTests
{
    [Fact]
    public async Task Price_ThatIsSet_IsThatOfEstimateExplainAndExecution()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(
            directory.Path, options: new QueryOptions { TerabytePriceUsd = 8m });
        await lake.CreateJsonTableAsync("default.t", "a bigint");
        var rows = string.Concat(Enumerable.Repeat("{\"a\":1}\n", 1_500_000));
        var put = await lake.PutAsync("default.t", "a.json", rows);
        var cost = put.Size * 8m / 1_000_000_000_000m;

        var estimate = await lake.Queries.EstimateAsync(
            new QueryRequest { Sql = "SELECT a FROM t" }, CancellationToken.None);
        var explain = await lake.ReadAsync("EXPLAIN SELECT a FROM t");
        var run = await lake.RunAsync("SELECT sum(a) FROM t");
        var small = await lake.RunAsync("SELECT 1");

        Assert.Equal(cost, estimate.AthenaPriceUsd);
        Assert.StartsWith("Estimate: 12,000,000 bytes in 1 file(s), 0.000096 USD", explain);
        Assert.Equal((put.Size, cost), (run.ScannedBytes, run.AthenaPriceUsd));
        Assert.Equal(0.00008m, small.AthenaPriceUsd);
    }

    [Fact]
    public async Task Price_ThatIsChanged_LeavesWhatRanBefore()
    {
        using var directory = new TempDirectory();
        QueryExecution before;
        await using (var lake = await QueryLake.OpenAsync(
            directory.Path, options: new QueryOptions { TerabytePriceUsd = 8m }))
        {
            before = await lake.RunAsync("SELECT 1");
        }

        await using var again = await QueryLake.OpenAsync(
            directory.Path, options: new QueryOptions { TerabytePriceUsd = 0m });
        var stored = await again.Queries.FindAsync(before.Id, CancellationToken.None);
        var free = await again.RunAsync("SELECT 1");

        Assert.Equal((0.00008m, 0m), (stored!.AthenaPriceUsd, free.AthenaPriceUsd));
    }
}
