using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;
using Tarn.Query.Workgroups;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Query.Tests.Executions;

public sealed class QueryExecutionsTests
{
    [Fact]
    public async Task StartAsync_OverTheWorkgroupsLimit_FailsNamingEstimateAndLimitAndReadsNothing()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.t", "a bigint");
        var put = await lake.PutAsync("default.t", "a.json", string.Concat(Enumerable.Repeat("{\"a\":1}\n", 200)));
        await lake.Workgroups.PutAsync(
            new Workgroup { Name = "small", ScannedBytesMax = 1000 }, CancellationToken.None);

        var refused = await lake.RunAsync("SELECT a FROM t", workgroup: "small");
        var allowed = await lake.RunAsync("SELECT 1", workgroup: "small");

        Assert.Equal(QueryState.Failed, refused.State);
        Assert.Equal("BYTES_SCANNED_LIMIT_EXCEEDED", refused.ErrorCode);
        Assert.Contains(
            "Bytes scanned limit was exceeded: estimate 1,600 bytes, limit 1,000 bytes", refused.StateChangeReason);
        Assert.Equal(put.Size, refused.Estimate!.Bytes);
        Assert.Equal(0, refused.ScannedBytes);
        Assert.Equal(QueryState.Succeeded, allowed.State);
    }

    [Fact]
    public async Task StartAsync_BucketOfResultsIsMissing_SaysHowToMakeIt()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.Workgroups.PutAsync(
            new Workgroup { Name = "away", OutputLocation = "s3://nowhere/results/" }, CancellationToken.None);

        var error = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync("SELECT 1", workgroup: "away"));

        Assert.Equal(ErrorKind.NotFound, error.Kind);
        Assert.Equal("make it: tarn s3 mb s3://nowhere", error.Hint);
    }

    [Fact]
    public async Task StartAsync_UsualBucketIsMissing_MakesItOnce()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.Objects.DeleteBucketAsync("lake", CancellationToken.None);

        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => lake.RunAsync($"SELECT {i}")));
        var later = await lake.RunAsync("SELECT 8");

        Assert.All(first, execution => Assert.Equal(QueryState.Succeeded, execution.State));
        Assert.StartsWith("s3://lake/results/", later.ResultLocation, StringComparison.Ordinal);
        Assert.NotNull(await lake.Objects.FindBucketAsync("lake", CancellationToken.None));
    }

    [Fact]
    public async Task EstimateAsync_PrunedPartitionsAndUnusedParquetColumns_AreNotCounted()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.j", "a bigint", "day string");
        await lake.AddPartitionAsync("default.j", "1");
        await lake.AddPartitionAsync("default.j", "2");
        await lake.PutAsync("default.j", "1/a.json", "{\"a\":1}\n");
        var second = await lake.PutAsync("default.j", "2/a.json", "{\"a\":1}\n{\"a\":2}\n");
        await lake.CreateParquetTableAsync("default.p", "a bigint; b string");
        var parquet = await lake.PutParquetAsync(
            "default.p", "a.parquet", "SELECT range AS a, repeat('x', 50) || range AS b FROM range(5000)");

        var json = await lake.Queries.EstimateAsync(
            new QueryRequest { Sql = "SELECT count(a) FROM j WHERE day >= '2' AND a > 0" }, CancellationToken.None);
        var narrow = await lake.Queries.EstimateAsync(
            new QueryRequest { Sql = "SELECT sum(a) FROM (SELECT * FROM p) x" }, CancellationToken.None);
        var wide = await lake.Queries.EstimateAsync(
            new QueryRequest { Sql = "SELECT * FROM p" }, CancellationToken.None);

        Assert.Equal((second.Size, 1), (json.Bytes, json.Files));
        Assert.Equal(0.00005m, json.AthenaPriceUsd);
        Assert.InRange(narrow.Bytes, 1, wide.Bytes - 1);
        Assert.InRange(wide.Bytes, narrow.Bytes + 1, parquet.Size);
    }

    [Fact]
    public async Task ReadAsync_ManyRows_PagesOverTheResultObject()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        const string Sql =
            "SELECT a * 100 + b AS n, CASE WHEN b = 0 THEN NULL WHEN b = 1 THEN '' ELSE 'é\"\n,' END AS t "
            + "FROM UNNEST(sequence(0, 24)) AS x (a) CROSS JOIN UNNEST(sequence(0, 99)) AS y (b) ORDER BY 1";

        var run = await lake.RunAsync(Sql);
        Assert.Equal((QueryState.Succeeded, null), (run.State, run.StateChangeReason));
        var middle = await lake.Queries.ReadAsync(run.Id, 1700, 700, CancellationToken.None);
        var last = await lake.Queries.ReadAsync(run.Id, 2400, 1000, CancellationToken.None);
        var inTurn = new List<string?>();
        for (long? next = 0; next is { } first;)
        {
            var page = await lake.Queries.ReadAsync(run.Id, first, 999, CancellationToken.None);
            inTurn.AddRange(page.Rows.Select(row => row[0]));
            next = page.NextRow;
        }

        Assert.Equal(2500, run.RowCount);
        Assert.Equal([("n", "bigint"), ("t", "varchar")], middle.Columns.Select(column => (column.Name, column.Type)));
        Assert.Equal(Enumerable.Range(1700, 700).Select(n => $"{n}"), middle.Rows.Select(row => row[0]));
        Assert.Equal([null, "", "é\"\n,"], middle.Rows.Take(3).Select(row => row[1]));
        Assert.Equal(2400, middle.NextRow);
        Assert.Equal((100, null), (last.Rows.Count, last.NextRow));
        Assert.Equal(Enumerable.Range(0, 2500).Select(n => $"{n}"), inTurn);
        Assert.StartsWith("\"n\",\"t\"\n\"0\",\n\"1\",\"\"\n\"2\",\"é\"\"\n,\"\n", await TextAsync(lake, run));
    }

    [Fact]
    public async Task Reopened_EndedAndRunningExecutions_AreKeptAndFailed()
    {
        using var directory = new TempDirectory();
        string ended;
        await using (var lake = await QueryLake.OpenAsync(directory.Path))
        {
            ended = (await lake.RunAsync("SELECT 42 AS answer")).Id;

            // As a server leaves it that is killed while the query runs.
            var record = ExecutionRecord.Of(new QueryExecution
            {
                Id = "killed", Request = new QueryRequest { Sql = "SELECT 1" }, State = QueryState.Running,
            });
            await new ExecutionStore(lake.Metadata).CreateAsync(record, CancellationToken.None);
        }

        await using var reopened = await QueryLake.OpenAsync(directory.Path);
        var kept = await reopened.Queries.FindAsync(ended, CancellationToken.None);
        var page = await reopened.Queries.ReadAsync(ended, 0, 10, CancellationToken.None);
        var killed = await reopened.Queries.FindAsync("killed", CancellationToken.None);

        Assert.Equal(QueryState.Succeeded, kept!.State);
        Assert.Equal("42", page.Rows[0][0]);
        Assert.Equal(QueryState.Failed, killed!.State);
        Assert.Contains("the server stopped while the query ran", killed.StateChangeReason);
        Assert.Empty(await reopened.Metadata.ListAsync("query-open", "", null, 10, CancellationToken.None));
        Assert.Equal(2, (await reopened.Queries.ListAsync("primary", 10, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task StartAsync_SameToken_IsOneExecution()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        var request = new QueryRequest { Sql = "SELECT 1", ClientRequestToken = "token-1" };

        var first = await lake.Queries.StartAsync(request, CancellationToken.None);
        var second = await lake.Queries.StartAsync(request, CancellationToken.None);
        var other = await Assert.ThrowsAsync<TarnException>(() =>
            lake.Queries.StartAsync(request with { Sql = "SELECT 2" }, CancellationToken.None));

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(ErrorKind.Invalid, other.Kind);
        await lake.Queries.WaitAsync(first.Id, null, CancellationToken.None);
    }

    [Fact]
    public async Task StopAsync_RunningAndQueuedQueries_AreCancelledAndLeaveNoResult()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path, runningMax: 1);
        const string Endless =
            "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b (y) "
            + "CROSS JOIN UNNEST(sequence(1, 10000)) AS c (z) WHERE x + y + z = 7";
        var request = new QueryRequest { Sql = Endless };
        var running = await lake.Queries.StartAsync(request, CancellationToken.None);
        var queued = await lake.Queries.StartAsync(request, CancellationToken.None);

        await lake.Queries.StopAsync(queued.Id, CancellationToken.None);
        await lake.Queries.StopAsync(running.Id, CancellationToken.None);

        foreach (var id in new[] { running.Id, queued.Id })
        {
            Assert.Equal(QueryState.Cancelled, (await lake.Queries.FindAsync(id, CancellationToken.None))!.State);
        }

        Assert.Empty((await lake.Objects.ListAsync(
            "lake", new ObjectListing { Prefix = "results/" }, CancellationToken.None)).Objects);
        Assert.Equal("1", await lake.ReadAsync("SELECT 1"));
    }

    [Fact]
    public async Task RunAsync_ValueThatDoesNotFit_IsHiveBadDataNamingTheObject()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.t", "a bigint");
        await lake.PutAsync("default.t", "a.json", "{\"a\":1}\n{\"a\":\"many\"}\n");

        var run = await lake.RunAsync("SELECT a FROM t");

        Assert.Equal("HIVE_BAD_DATA", run.ErrorCode);
        Assert.Contains("s3://lake/default/t/a.json", run.StateChangeReason);
        Assert.DoesNotContain(directory.Path, run.StateChangeReason);
    }

    [Fact]
    public void Read_RecordOfVersion1_IsTheExecution()
    {
        var spec = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "v1", "query.json"));

        var record = ExecutionRecord.Read("0199", spec);

        Assert.Equal(QueryState.Succeeded, record.Execution.State);
        Assert.Equal("SELECT 1 AS n", record.Execution.Request.Sql);
        Assert.Equal(new ResultColumn("n", "integer", 10, 0), Assert.Single(record.Columns));
        Assert.Equal((1000, 4), (record.PageRows, record.PageOffsets[0]));
        Assert.Equal(spec.Trim(), record.Write());
    }

    private static async Task<string> TextAsync(QueryLake lake, QueryExecution run)
    {
        await using var content = await lake.Objects.OpenAsync(
            ObjectKey.Parse(run.ResultLocation!), null, CancellationToken.None);
        using var reader = new StreamReader(content!.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
