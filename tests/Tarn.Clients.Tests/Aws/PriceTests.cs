using Tarn.Clients.Tests.Servers;
using Tarn.Testing;

namespace Tarn.Clients.Tests.Aws;

/// <summary>The price that the server was started with, as its command line tells it.</summary>
public sealed class PriceTests
{
    [Fact]
    public async Task Sql_OfAServerWithAPrice_TellsItBeforeAndAfter()
    {
        using var directory = new TempDirectory();
        var data = Path.Combine(directory.Path, "data");
        await using var server = await TarnServerProcess.StartAsync("--data", data, "--terabyte-price-usd", "8");
        using var s3 = server.S3();
        await s3.PutBucketAsync("lake");

        var explained = await TarnExecutable.RunAsync(
            "sql", "--data", data, "--format", "csv", "EXPLAIN SELECT 1");
        var run = await TarnExecutable.RunAsync("sql", "--data", data, "SELECT 1");

        Assert.Contains(
            "Estimate: 0 bytes in 0 file(s), 0.00008 USD", explained.MustSucceed(), StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("$0.00008 on Athena", run.Error, StringComparison.Ordinal);
    }
}
