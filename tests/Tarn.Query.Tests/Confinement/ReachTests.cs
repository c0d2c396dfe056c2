using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;
using Tarn.Query.Workgroups;
using Tarn.Testing;

namespace Tarn.Query.Tests.Confinement;

/// <summary>
/// SQL reaches the catalog's tables and nothing else: not the host's files, the lake's own files, the engine's settings
/// or what another workgroup's queries gave.
/// </summary>
#pragma warning disable CA1001 // xunit calls IAsyncLifetime.DisposeAsync
public sealed class ReachTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly TempDirectory _directory = new();
    private QueryLake _lake = null!;

    public async Task InitializeAsync()
    {
        _lake = await QueryLake.OpenAsync(_directory.Path);
        await _lake.CreateJsonTableAsync("default.t", "a bigint");
        await _lake.PutAsync("default.t", "a.json", "{\"a\":1}\n");
    }

    public async Task DisposeAsync()
    {
        await _lake.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM read_csv_auto('/etc/passwd')")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("SELECT * FROM read_blob('/etc/passwd')")]
    [InlineData("SELECT * FROM read_json('/etc/passwd')")]
    [InlineData("SELECT * FROM read_parquet('$DATA/objects/lake/results/x')")]
    [InlineData("SELECT * FROM sniff_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM TABLE(read_csv('/etc/passwd'))")]
    [InlineData("SELECT * FROM t, LATERAL (SELECT * FROM read_csv('/etc/passwd')) x")]
    [InlineData("SELECT * FROM \"/etc/passwd\"")]
    [InlineData("SELECT * FROM '/etc/passwd'")]
    [InlineData("SELECT * FROM default.\"/etc/passwd\"")]
    [InlineData("SELECT * FROM \"../../etc/passwd\"")]
    [InlineData("SELECT * FROM \"$DATA/credentials\"")]
    [InlineData("SELECT * FROM \"$DATA/metadata.db\"")]
    [InlineData("SELECT * FROM \"$DATA/objects/lake/default/t/a.json\"")]
    [InlineData("SELECT * FROM default.\"t\"\"; SELECT 1 --\"")]
    [InlineData("SELECT * FROM glob('/etc/*')")]
    [InlineData("SELECT glob('/etc/*')")]
    [InlineData("SELECT getenv('PATH')")]
    [InlineData("SELECT getenv('HOME') FROM t")]
    [InlineData("SELECT read_text('/etc/passwd')")]
    [InlineData("SELECT current_setting('temp_directory')")]
    [InlineData("SELECT getvariable('x')")]
    [InlineData("SELECT query('SELECT 1')")]
    [InlineData("SELECT * FROM query('SELECT 1')")]
    [InlineData("SELECT * FROM query_table('t')")]
    [InlineData("SELECT * FROM duckdb_settings()")]
    [InlineData("SELECT * FROM duckdb_secrets()")]
    [InlineData("SELECT * FROM duckdb_tables()")]
    [InlineData("SELECT * FROM pragma_table_info('t')")]
    [InlineData("SELECT * FROM sqlite_master")]
    [InlineData("SELECT * FROM pg_catalog.pg_tables")]
    [InlineData("SELECT * FROM system.information_schema.tables")]
    [InlineData("SELECT * FROM range(10)")]
    [InlineData("SELECT * FROM sqlite_scan('$DATA/metadata.db', 'resources')")]
    [InlineData("SELECT * FROM tarn_scan('json_t')")]
    [InlineData("SELECT * FROM json_t")]
    [InlineData("COPY (SELECT 1) TO '$DATA/x.csv'")]
    [InlineData("COPY t FROM '/etc/passwd'")]
    [InlineData("ATTACH '$DATA/metadata.db' AS m")]
    [InlineData("ATTACH DATABASE '$DATA/metadata.db' AS m (TYPE sqlite)")]
    [InlineData("DETACH m")]
    [InlineData("USE m")]
    [InlineData("PRAGMA database_list")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET GLOBAL memory_limit = '1TB'")]
    [InlineData("SET SESSION x = 1")]
    [InlineData("RESET enable_external_access")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("LOAD '/tmp/x.duckdb_extension'")]
    [InlineData("EXPORT DATABASE '$DATA/x'")]
    [InlineData("IMPORT DATABASE '$DATA/x'")]
    [InlineData("CALL pragma_version()")]
    [InlineData("CHECKPOINT")]
    [InlineData("CREATE MACRO m(a) AS a")]
    [InlineData("CREATE SECRET s (TYPE s3)")]
    [InlineData("FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT 1; SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM t; COPY t TO '$DATA/x.csv'")]
    [InlineData("SUMMARIZE t")]
    [InlineData("VACUUM")]
    public async Task Run_BeyondTheTables_FailsAndShowsNothing(string sql)
    {
        var run = await _lake.RunAsync(sql.Replace("$DATA", _directory.Path, StringComparison.Ordinal));

        Assert.Equal((QueryState.Failed, 0L), (run.State, run.RowCount));
        Assert.NotNull(run.ErrorCode);
        Assert.DoesNotContain("root:", run.StateChangeReason, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_directory.Path, "x.csv")));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("/etc/")]
    [InlineData("http://localhost/x/")]
    [InlineData("s3://")]
    [InlineData("s3:///etc/passwd")]
    public async Task Create_TableThatLiesNowhereInTheLake_IsRefused(string location)
    {
        var failure = await Assert.ThrowsAsync<TarnException>(() => PointAsync(location));

        Assert.Equal(ErrorKind.Invalid, failure.Kind);
        Assert.Contains("location of table 'default.outside' is no", failure.Message);
    }

    [Theory]
    [InlineData("s3://lake/../../credentials")]
    [InlineData("s3://lake/%2e%2e/%2e%2e/")]
    [InlineData("s3://../")]
    [InlineData("s3://../metadata.db")]
    [InlineData("s3://absent/x/")]
    public async Task Run_TableThatLiesOutsideOfTheLake_ReadsNothing(string location)
    {
        var run = await RunOverAsync(location, "primary");

        var rows = run.State == QueryState.Succeeded
            ? (await _lake.Queries.ReadAsync(run.Id, 0, 1000, CancellationToken.None)).Rows
            : [];
        Assert.Empty(rows);
        Assert.DoesNotContain("root:", run.StateChangeReason ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3://lake/others/")]
    [InlineData("s3://lake/others")]
    [InlineData("s3://lake/")]
    [InlineData("s3://lake")]
    public async Task Run_TableOverTheResultsOfAnotherWorkgroup_IsDenied(string location)
    {
        var secret = await ResultOfOthersAsync();

        var denied = await RunOverAsync(location, "primary");

        Assert.Equal(QueryState.Succeeded, secret.State);
        Assert.Equal((QueryState.Failed, "PERMISSION_DENIED"), (denied.State, denied.ErrorCode));
        Assert.Equal(
            "PERMISSION_DENIED: table 'default.outside' reads results of workgroup 'others'. "
                + "run the query in workgroup 'others'",
            denied.StateChangeReason);
    }

    [Fact]
    public async Task Run_TableOverTheOwnResults_IsRead()
    {
        await ResultOfOthersAsync();

        var own = await RunOverAsync("s3://lake/others/", "others");

        Assert.NotEqual("PERMISSION_DENIED", own.ErrorCode);
    }

    [Fact]
    public async Task Estimate_TableOverTheResultsOfAnotherWorkgroup_IsDenied()
    {
        await ResultOfOthersAsync();
        await PointAsync("s3://lake/others/");

        var failure = await Assert.ThrowsAsync<TarnException>(() => _lake.Queries.EstimateAsync(
            new QueryRequest { Sql = "SELECT * FROM outside" }, CancellationToken.None));

        Assert.Equal("PERMISSION_DENIED", failure.Code);
    }

    private async Task<QueryExecution> ResultOfOthersAsync()
    {
        await _lake.Workgroups.PutAsync(
            new Workgroup { Name = "others", OutputLocation = "s3://lake/others/" }, CancellationToken.None);
        return await _lake.RunAsync("SELECT 'secret' AS s", workgroup: "others");
    }

    private async Task<QueryExecution> RunOverAsync(string location, string workgroup)
    {
        await PointAsync(location);
        return await _lake.RunAsync("SELECT * FROM outside", workgroup: workgroup);
    }

    /// <summary>A table over the location, made by the catalog as it is: whatever its doors check before.</summary>
    private async Task PointAsync(string location)
    {
        await _lake.CreateJsonTableAsync("default.outside", "s string");
        var name = new TableName("default", "outside");
        var table = (await _lake.Catalog.FindTableAsync(name, CancellationToken.None))!;
        await _lake.Catalog.DeleteTableAsync(name, CancellationToken.None);
        await _lake.Catalog.CreateTableAsync(
            table with { Storage = table.Storage with { Location = location } }, CancellationToken.None);
    }
}
