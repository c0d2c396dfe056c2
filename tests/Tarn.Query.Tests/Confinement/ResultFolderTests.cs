using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;
using Tarn.Query.Workgroups;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Query.Tests.Confinement;

/// <summary>
/// What a workgroup's queries gave is not read by another's, in whatever way a table comes to lie over it, and nothing
/// is written or declared there.
/// </summary>
#pragma warning disable CA1001 // xunit calls IAsyncLifetime.DisposeAsync
public sealed class ResultFolderTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Theirs = "s3://lake/others/";
    private const string Template = "storage.location.template";

    private readonly TempDirectory _directory = new();
    private QueryLake _lake = null!;

    public async Task InitializeAsync()
    {
        _lake = await QueryLake.OpenAsync(_directory.Path);
        await _lake.Workgroups.PutAsync(
            new Workgroup { Name = "others", OutputLocation = Theirs }, CancellationToken.None);
        await _lake.RunAsync("SELECT 'secret' AS s", workgroup: "others");
        await _lake.CreateJsonTableAsync("default.t", "s string");
        await _lake.PutAsync("default.t", "a.json", "{\"s\":\"mine\"}\n");
        await _lake.CreateJsonTableAsync("default.p", "s string", "d string");
        await _lake.AddPartitionAsync("default.p", "0");
        await DeclareAsync("outside", Theirs, []);
        await DeclareAsync("projected", "s3://lake/x/", Projection("s3://lake/${d}/"));
        await _lake.Catalog.AddPartitionsAsync(
            new TableName("default", "p"),
            [new Partition(["theirs"], Theirs, DateTimeOffset.UnixEpoch)],
            CancellationToken.None);
        await _lake.RunAsync("CREATE VIEW seen AS SELECT s FROM outside");
        await _lake.RunAsync($"PREPARE looking FROM SELECT s FROM outside");
        await _lake.RunAsync($"PREPARE leaking FROM UNLOAD (SELECT 1 AS a) TO '{Theirs}x/' WITH (format = 'JSON')");
    }

    public async Task DisposeAsync()
    {
        await _lake.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("SELECT s FROM outside")]
    [InlineData("SELECT \"$path\" FROM outside")]
    [InlineData("SELECT count(*) FROM outside")]
    [InlineData("SELECT s FROM p")]
    [InlineData("SELECT s FROM p WHERE d = 'theirs'")]
    [InlineData("SELECT s FROM projected")]
    [InlineData("SELECT s FROM seen")]
    [InlineData("WITH o AS (SELECT s FROM outside) SELECT * FROM t JOIN o ON t.s = o.s")]
    [InlineData("SELECT s FROM t WHERE s IN (SELECT s FROM outside)")]
    [InlineData("SELECT s FROM t UNION ALL SELECT s FROM outside")]
    [InlineData("SELECT s FROM outside LIMIT 0")]
    [InlineData("EXPLAIN SELECT s FROM outside")]
    [InlineData("EXPLAIN ANALYZE SELECT s FROM outside")]
    [InlineData("EXECUTE looking")]
    [InlineData("CREATE TABLE copied AS SELECT s FROM outside")]
    [InlineData("INSERT INTO t SELECT s FROM outside")]
    [InlineData("UNLOAD (SELECT s FROM outside) TO 's3://lake/copied/' WITH (format = 'JSON')")]
    public async Task Read_OfTheirResults_IsDenied(string sql)
    {
        var before = await KeysAsync();
        var run = await _lake.RunAsync(sql);

        Assert.Equal((QueryState.Failed, "PERMISSION_DENIED"), (run.State, run.ErrorCode));
        Assert.Contains("reads results of workgroup 'others'", run.StateChangeReason, StringComparison.Ordinal);
        Assert.Equal((0L, 0L), (run.RowCount, run.ScannedBytes));
        Assert.Equal(before, await KeysAsync());
    }

    [Fact]
    public async Task Read_PartitionsThatLieElsewhere_IsAllowed()
    {
        await _lake.PutAsync("default.p", "0/a.json", "{\"s\":\"here\"}\n");

        Assert.Equal("here", await _lake.ReadAsync("SELECT s FROM p WHERE d = '0'"));
    }

    [Fact]
    public async Task Read_ThroughASymlinkFile_IsRefusedByName()
    {
        await DeclareAsync("linked", "s3://lake/links/", []);
        var name = new TableName("default", "linked");
        var table = (await _lake.Catalog.FindTableAsync(name, CancellationToken.None))!;
        await _lake.Catalog.DeleteTableAsync(name, CancellationToken.None);
        const string Symlink = "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat";
        await _lake.Catalog.CreateTableAsync(
            table with { Storage = table.Storage with { InputFormat = Symlink } }, CancellationToken.None);

        var run = await _lake.RunAsync("SELECT s FROM linked");

        Assert.Equal((QueryState.Failed, "HIVE_UNSUPPORTED_FORMAT"), (run.State, run.ErrorCode));
        Assert.Contains(Symlink, run.StateChangeReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"CREATE TABLE x WITH (external_location = '{Theirs}x/') AS SELECT 1 AS a")]
    [InlineData($"UNLOAD (SELECT 1 AS a) TO '{Theirs}x/' WITH (format = 'JSON')")]
    [InlineData("EXECUTE leaking")]
    [InlineData($"CREATE EXTERNAL TABLE x (a int) LOCATION '{Theirs}'")]
    [InlineData("CREATE EXTERNAL TABLE x (a int) LOCATION 's3://lake/others'")]
    [InlineData($"CREATE DATABASE x LOCATION '{Theirs}x/'")]
    [InlineData(
        "CREATE EXTERNAL TABLE x (a int) PARTITIONED BY (d string) LOCATION 's3://lake/x/' "
            + $"TBLPROPERTIES ('{Template}' = '{Theirs}${{d}}/')")]
    [InlineData($"ALTER TABLE t SET LOCATION '{Theirs}x/'")]
    [InlineData($"ALTER TABLE p ADD PARTITION (d = '1') LOCATION '{Theirs}'")]
    [InlineData($"ALTER TABLE p PARTITION (d = '0') SET LOCATION '{Theirs}'")]
    [InlineData($"ALTER TABLE p SET TBLPROPERTIES ('{Template}' = '{Theirs}day=${{d}}')")]
    [InlineData("INSERT INTO outside SELECT 'x'")]
    [InlineData("INSERT INTO p SELECT 'x', 'theirs'")]
    [InlineData("INSERT INTO projected SELECT 'x', 'others'")]
    public async Task Write_IntoTheirResults_IsDenied(string sql)
    {
        var before = await KeysAsync();
        var run = await _lake.RunAsync(sql);
        var tables = await _lake.ReadAsync("SHOW TABLES");

        Assert.True(run.ErrorCode == "PERMISSION_DENIED", run.StateChangeReason);
        Assert.Equal(QueryState.Failed, run.State);
        Assert.Contains("lies in the results of workgroup 'others'", run.StateChangeReason, StringComparison.Ordinal);
        Assert.Equal(before, await KeysAsync());
        Assert.Equal("outside\np\nprojected\nseen\nt", tables);
    }

    [Theory]
    [InlineData(Theirs)]
    [InlineData("s3://lake/others")]
    [InlineData(Theirs + "mine/")]
    public async Task Start_WithResultsAmongTheirs_IsDenied(string location)
    {
        var failure = await Assert.ThrowsAsync<TarnException>(() => _lake.Queries.StartAsync(
            new QueryRequest { Sql = "SELECT 1", OutputLocation = location }, CancellationToken.None));

        Assert.Equal((ErrorKind.Denied, "PERMISSION_DENIED"), (failure.Kind, failure.Code));
        Assert.Equal($"location '{location}' lies in the results of workgroup 'others'", failure.Message);
    }

    [Fact]
    public async Task Write_IntoTheOwnResults_IsAllowed()
    {
        var unloaded = await _lake.RunAsync(
            $"UNLOAD (SELECT 1 AS a) TO '{Theirs}x/' WITH (format = 'JSON')", workgroup: "others");
        var beside = await _lake.RunAsync("UNLOAD (SELECT 1 AS a) TO 's3://lake/others-x/' WITH (format = 'JSON')");

        Assert.True(unloaded.State == QueryState.Succeeded, unloaded.StateChangeReason);
        Assert.True(beside.State == QueryState.Succeeded, beside.StateChangeReason);
    }

    /// <summary>A table as other doors of the catalog make it: they do not know of workgroups.</summary>
    private async Task DeclareAsync(string name, string location, Dictionary<string, string> parameters) =>
        await _lake.Catalog.CreateTableAsync(
            new Table
            {
                Name = new TableName("default", name),
                PartitionKeys = parameters.Count > 0 ? [new Column("d", "string")] : [],
                Storage = new StorageDescriptor
                {
                    Columns = [new Column("s", "string")],
                    Location = location,
                    SerDe = SerDeNames.OpenXJson,
                },
                Parameters = parameters,
            },
            CancellationToken.None);

    private static Dictionary<string, string> Projection(string template) => new()
    {
        ["projection.enabled"] = "true",
        ["projection.d.type"] = "enum",
        ["projection.d.values"] = "others,mine",
        [Template] = template,
    };

    /// <summary>Objects but those that queries have as their own results.</summary>
    private async Task<List<string>> KeysAsync()
    {
        var listed = await _lake.Objects.ListAsync(
            "lake", new ObjectListing { EntriesMax = 1000 }, CancellationToken.None);
        return [.. listed.Objects.Select(found => found.Key.Key)
            .Where(key => !key.StartsWith("results/", StringComparison.Ordinal))];
    }
}
