using System.Diagnostics;
using System.Globalization;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Query.Compilation;
using Tarn.Testing;
using Xunit.Abstractions;

namespace Tarn.Query.Tests.Binding;

public sealed class PartitionLookupTests(ITestOutputHelper output)
{
    /// <summary>A few of very many partitions are found right; how long planning takes is printed.</summary>
    [Fact]
    public async Task CompileAsync_HundredThousandPartitions_FindsThoseThatMatch()
    {
        const int Days = 1000;
        const int Hours = 100;
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.many", "v int", "day string; hour int");
        var partitions = Enumerable.Range(0, Days * Hours).Select(index => new Partition(
            [Day(index / Hours), (index % Hours).ToString(CultureInfo.InvariantCulture)],
            $"{QueryLake.Location("default.many")}{Day(index / Hours)}/{index % Hours}/",
            DateTimeOffset.UnixEpoch));
        await lake.Catalog.AddPartitionsAsync(
            new TableName("default", "many"), [.. partitions], CancellationToken.None);
        await lake.PutAsync("default.many", $"{Day(7)}/42/a.json", "{\"v\":1}\n");
        await lake.PutAsync("default.many", $"{Day(8)}/42/a.json", "{\"v\":2}\n");

        var byDay = await PlanAsync(lake, $"SELECT v FROM many WHERE day = '{Day(7)}'");
        var byHour = await PlanAsync(lake, $"SELECT v FROM many WHERE hour = 42 AND day <= '{Day(9)}'");
        var byNothing = await PlanAsync(lake, "SELECT v FROM many WHERE hour < 0");

        Assert.Equal((1, 2, 0), (byDay, byHour, byNothing));
    }

    private async Task<int> PlanAsync(QueryLake lake, string sql)
    {
        (await lake.Compiler.CompileAsync(sql, new CompileOptions(), CancellationToken.None)).Dispose();
        var watch = Stopwatch.StartNew();
        using var query = await lake.Compiler.CompileAsync(sql, new CompileOptions(), CancellationToken.None);
        output.WriteLine($"{watch.Elapsed.TotalMilliseconds:0.0} ms: {sql}");
        return query.Inputs.Single().Objects.Count;
    }

    private static string Day(int index) =>
        new DateTime(2024, 1, 1).AddDays(index).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
