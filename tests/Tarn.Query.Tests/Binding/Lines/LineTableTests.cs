using System.Globalization;
using System.Text;
using Tarn.Query.Executions;
using Tarn.Testing;

namespace Tarn.Query.Tests.Binding.Lines;

public sealed class LineTableTests
{
    /// <summary>Read by several threads where order does not count, in order where it does.</summary>
    [Fact]
    public async Task RunAsync_ManyPiecesAndPartitions_GivesEveryRowOnceAndInOrder()
    {
        const int Rows = 20_000;
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.t", "n int; pad string", "day string; hour int");
        var padding = new string('p', 1200);
        var next = 0;
        foreach (var name in new[] { "a.json", "b.json.gz", "c.json.bz2" })
        {
            foreach (var day in new[] { "1", "2" })
            {
                await lake.AddPartitionAsync("default.t", $"{name[0]}{day}", day);
                var text = new StringBuilder();
                for (var row = 0; row < (name == "a.json" ? Rows : 3); row++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{{\"N\":{next++},\"pad\":\"{padding}\"}}\n");
                }

                await lake.PutAsync("default.t", $"{name[0]}{day}/{day}/{name}", text.ToString());
            }
        }

        var sums = await lake.ReadAsync(
            "SELECT day, hour, count(*), sum(n) FROM t GROUP BY 1, 2 ORDER BY 1");
        var first = await lake.ReadAsync("SELECT n FROM t LIMIT 3");
        var inOrder = await lake.ReadAsync(
            "SELECT count_if(n <> r - 1) FROM"
                + " (SELECT n, row_number() OVER () AS r FROM (SELECT n FROM t LIMIT 1000000) x) y");

        Assert.Equal(
            "a1|1|20000|199990000\na2|2|20000|599990000\nb1|1|3|120003\nb2|2|3|120012\nc1|1|3|120021\nc2|2|3|120030",
            sums);
        Assert.Equal("0\n1\n2", first);
        Assert.Equal("0", inOrder);
    }

    [Fact]
    public async Task RunAsync_DamagedObject_NamesIt()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.t", "n int");
        await lake.PutAsync("default.t", "a.json", "{\"n\":1}\n");
        await lake.PutAsync("default.t", "b.json.gz", "");
        using (var body = new MemoryStream(Encoding.UTF8.GetBytes("{\"n\":2}\n")))
        {
            await lake.Objects.PutAsync(
                Tarn.Storage.Objects.ObjectKey.Parse("s3://lake/default/t/c.json.gz"),
                body,
                Tarn.Storage.Objects.ObjectAttributes.None,
                CancellationToken.None);
        }

        var run = await lake.RunAsync("SELECT sum(n) FROM t");

        Assert.Equal((QueryState.Failed, "HIVE_BAD_DATA"), (run.State, run.ErrorCode));
        Assert.Contains("object 's3://lake/default/t/c.json.gz' is damaged", run.StateChangeReason);
        Assert.DoesNotContain(directory.Path, run.StateChangeReason);
    }
}
