using System.Text;
using System.Text.Json;
using Tarn.Catalog.Tables;
using Tarn.Formats.Compression;
using Tarn.Query.Executions;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Query.Tests.Writing;

public sealed class WriteFlowTests
{
    private const string Rows =
        "SELECT CAST(x AS integer) AS id, concat('name ', CAST(x AS varchar)) AS name, CAST(x % 3 AS varchar) AS day "
        + "FROM UNNEST(sequence(1, 10)) AS t (x)";

    [Fact]
    public async Task Insert_Committed_GivesCountManifestAndObjectsNamedAfterTheExecution()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);

        var run = await lake.RunAsync($"CREATE TABLE t WITH (partitioned_by = ARRAY['day']) AS {Rows}");
        var page = await lake.Queries.ReadAsync(run.Id, 0, 1000, CancellationToken.None);
        var objects = await KeysAsync(lake, "results/tables/");
        var manifest = await TextAsync(lake, $"results/{run.Id}-manifest.csv");

        Assert.Equal((QueryState.Succeeded, null), (run.State, run.StateChangeReason));
        Assert.Equal(10, run.UpdateCount);
        Assert.Empty(page.Rows);
        Assert.Equal([("rows", "bigint")], page.Columns.Select(column => (column.Name, column.Type)));
        Assert.Equal(3, objects.Count);
        Assert.All(objects, key => Assert.Matches(
            $"^results/tables/{run.Id}/day=[012]/{run.Id}-[0-9].parquet$", key));
        Assert.Equal(objects.Select(key => $"s3://lake/{key}").Order(), manifest.Trim('\n').Split('\n').Order());
    }

    [Fact]
    public async Task Unload_JsonAndText_AreReadByPlainTools()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);

        await lake.ReadAsync(
            "UNLOAD (SELECT 1 AS a, 'q\"é' AS b, 1e300 AS c, nan() AS d, CAST(NULL AS varchar) AS e, "
            + "CAST(0.1 AS real) AS f, DECIMAL '12345678901234567890.123456789' AS g) "
            + "TO 's3://lake/json/' WITH (format = 'JSON', compression = 'GZIP')");
        await lake.ReadAsync(
            "UNLOAD (SELECT 1 AS a, 'x' AS b, CAST(NULL AS varchar) AS c, true AS d) "
            + "TO 's3://lake/text/' WITH (format = 'TEXTFILE', field_delimiter = ';', compression = 'BZIP2')");
        var json = await UnpackedAsync(lake, Assert.Single(await KeysAsync(lake, "json/")));
        var text = await UnpackedAsync(lake, Assert.Single(await KeysAsync(lake, "text/")));

        using var document = JsonDocument.Parse(json);
        var row = document.RootElement;
        Assert.Equal(1, row.GetProperty("a").GetInt32());
        Assert.Equal("q\"é", row.GetProperty("b").GetString());
        Assert.Equal(1e300, row.GetProperty("c").GetDouble());
        Assert.Equal("NaN", row.GetProperty("d").GetString());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("e").ValueKind);
        Assert.Equal("0.1", row.GetProperty("f").GetRawText());
        Assert.Equal("12345678901234567890.123456789", row.GetProperty("g").GetRawText());
        Assert.Equal("1;x;\\N;true\n", text);
    }

    [Fact]
    public async Task CreateTableAs_Parquet_IsReadByDuckDbAlone()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        var run = await lake.RunAsync(
            $"CREATE TABLE t WITH (parquet_compression = 'ZSTD', external_location = 's3://lake/p/') AS {Rows}");
        Assert.Null(run.StateChangeReason);
        var key = Assert.Single(await KeysAsync(lake, "p/"));

        using var file = await lake.Objects.OpenLocalAsync(new ObjectKey("lake", key), CancellationToken.None);
        using var session = lake.DuckDb.OpenSession();
        using var rows = await session.QueryAsync(
            $"SELECT sum(id)::BIGINT, max(name), (SELECT any_value(compression) FROM parquet_metadata('{file!.Path}')) "
            + $"FROM read_parquet('{file.Path}')",
            CancellationToken.None);

        Assert.True(rows.Read());
        Assert.Equal((55L, "name 9", "ZSTD"), (rows.GetValue(0), rows.GetValue(1), rows.GetValue(2)));
    }

    /// <summary>
    /// Cut off at every point where something durable happens: a server that starts again sees all rows of the INSERT
    /// or none, and none of its objects is left in the second case.
    /// </summary>
    [Fact]
    public async Task Insert_CutOffAnywhere_LeavesAllRowsOrNone()
    {
        var (points, seen) = (0, new HashSet<long>());
        for (var stop = 0; ; stop++)
        {
            using var directory = new TempDirectory();
            await using (var lake = await QueryLake.OpenAsync(directory.Path))
            {
                await lake.ReadAsync(
                    "CREATE EXTERNAL TABLE t (id int, name string) PARTITIONED BY (day string) STORED AS PARQUET "
                    + "LOCATION 's3://lake/t/'");
                await lake.ReadAsync("ALTER TABLE t ADD PARTITION (day = '0')");
            }

            var (count, isOn) = (0, false);
            var faults = Faults.StopAt(point => isOn && IsOfWrite(point) && count++ == stop);
            await using (var lake = await QueryLake.OpenAsync(directory.Path, faults: faults))
            {
                isOn = true;
                var started = await lake.Queries.StartAsync(
                    new QueryRequest { Sql = $"INSERT INTO t {Rows}" }, CancellationToken.None);
                await lake.Queries.WaitAsync(started.Id, null, CancellationToken.None);
            }

            await using var reopened = await QueryLake.OpenAsync(directory.Path);
            var rows = long.Parse(await reopened.ReadAsync("SELECT count(*) FROM t"));
            var objects = await KeysAsync(reopened, "t/");
            Assert.Contains(rows, new long[] { 0, 10 });
            Assert.Equal(rows == 0 ? 0 : 3, objects.Count);
            Assert.Equal(
                rows == 0 ? "day=0" : "day=0\nday=1\nday=2", await reopened.ReadAsync("SHOW PARTITIONS t"));
            Assert.Empty(await reopened.Metadata.ListAsync("query-write", "", null, 10, CancellationToken.None));
            Assert.Empty(await reopened.Metadata.ListAsync("excluded-objects", "", null, 10, CancellationToken.None));
            seen.Add(rows);
            if (faults.Count == 0)
            {
                break;
            }

            points++;
        }

        Assert.InRange(points, 10, 40);
        Assert.Equal([0, 10], seen.Order());
    }

    [Fact]
    public async Task CreateTableAs_FailedPut_LeavesNoTableAndNoObjects()
    {
        using var directory = new TempDirectory();
        var faults = Faults.Where(point =>
            point.StartsWith("put:after:s3://lake/results/tables/", StringComparison.Ordinal)
            && point.EndsWith("-1.parquet", StringComparison.Ordinal));
        await using var lake = await QueryLake.OpenAsync(directory.Path, faults: faults);

        var failed = await lake.RunAsync($"CREATE TABLE t WITH (partitioned_by = ARRAY['day']) AS {Rows}");

        Assert.Equal(QueryState.Failed, failed.State);
        Assert.Empty(await KeysAsync(lake, "results/tables/"));
        Assert.Null(await lake.Catalog.FindTableAsync(new TableName("default", "t"), CancellationToken.None));
        Assert.Empty(await lake.Metadata.ListAsync("query-write", "", null, 10, CancellationToken.None));
        Assert.Empty(Directory.EnumerateDirectories(lake.Objects.StagingDirectory, "write-*"));
    }

    [Fact]
    public async Task Insert_WhileOthersRead_IsSeenWholeOrNotAtAll()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path, runningMax: 8);
        await lake.ReadAsync($"CREATE TABLE t WITH (partitioned_by = ARRAY['day']) AS {Rows}");

        var inserts = Task.Run(async () =>
        {
            for (var i = 0; i < 6; i++)
            {
                await lake.ReadAsync(
                    $"INSERT INTO t SELECT id, name, concat(day, CAST({i / 2} AS varchar)) FROM ({Rows})");
            }
        });
        var counts = new List<long>();
        while (!inserts.IsCompleted)
        {
            counts.Add(long.Parse(await lake.ReadAsync("SELECT count(*) FROM t")));
        }

        await inserts;
        Assert.NotEmpty(counts);
        Assert.All(counts, count => Assert.Equal(0, count % 10));
        Assert.Equal("70", await lake.ReadAsync("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Insert_OverTheLimit_IsRefusedBeforeItWrites()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.j", "id int");
        await lake.PutAsync("default.j", "a.json", string.Concat(Enumerable.Repeat("{\"id\":1}\n", 200)));
        await lake.ReadAsync("CREATE TABLE t AS SELECT 1 AS id");
        await lake.Workgroups.PutAsync(
            new Tarn.Query.Workgroups.Workgroup { Name = "small", ScannedBytesMax = 1000 }, CancellationToken.None);

        var refused = await lake.RunAsync("INSERT INTO t SELECT id FROM j", workgroup: "small");

        Assert.Equal("BYTES_SCANNED_LIMIT_EXCEEDED", refused.ErrorCode);
        Assert.Equal("1", await lake.ReadAsync("SELECT count(*) FROM t"));
    }

    private static bool IsOfWrite(string point) =>
        point.StartsWith("put:", StringComparison.Ordinal)
        || point.StartsWith("delete:", StringComparison.Ordinal)
        || point.Contains("query-write/", StringComparison.Ordinal);

    private static async Task<List<string>> KeysAsync(QueryLake lake, string prefix)
    {
        var page = await lake.Objects.ListAsync(
            "lake", new ObjectListing { Prefix = prefix }, CancellationToken.None);
        return [.. page.Objects.Select(info => info.Key.Key)];
    }

    private static async Task<byte[]> BytesAsync(QueryLake lake, string key)
    {
        var content = await lake.Objects.OpenAsync(new ObjectKey("lake", key), null, CancellationToken.None);
        await using (content)
        {
            using var bytes = new MemoryStream();
            await content!.Body.CopyToAsync(bytes);
            return bytes.ToArray();
        }
    }

    private static async Task<string> TextAsync(QueryLake lake, string key) =>
        Encoding.UTF8.GetString(await BytesAsync(lake, key));

    private static async Task<string> UnpackedAsync(QueryLake lake, string key) => Encoding.UTF8.GetString(
        CompressionCodec.Decompress(await BytesAsync(lake, key), CompressionCodec.FromName(key), 1 << 20));
}
