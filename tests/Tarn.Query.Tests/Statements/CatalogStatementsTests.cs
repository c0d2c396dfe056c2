using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Query.Executions;
using Tarn.Testing;

namespace Tarn.Query.Tests.Statements;

public sealed class CatalogStatementsTests
{
    private const string Create =
        """
        CREATE EXTERNAL TABLE IF NOT EXISTS logs (
          id int COMMENT 'the number',
          tags array<string>
        )
        COMMENT 'what happened'
        PARTITIONED BY (day string, hour int)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' ESCAPED BY '\\' COLLECTION ITEMS TERMINATED BY '|'
        STORED AS TEXTFILE
        LOCATION 's3://lake/default/logs/'
        TBLPROPERTIES ('classification' = 'csv')
        """;

    [Fact]
    public async Task CreateTable_Delimited_IsWhatGlueWouldHold()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);

        Assert.Equal("", await lake.ReadAsync(Create));
        Assert.Equal("", await lake.ReadAsync(Create));

        var table = await lake.Catalog.FindTableAsync(new TableName("default", "logs"), CancellationToken.None);
        Assert.NotNull(table);
        Assert.Equal("what happened", table.Description);
        Assert.Equal(
            [new Column("id", "int", "the number"), new Column("tags", "array<string>")], table.Storage.Columns);
        Assert.Equal([new Column("day", "string"), new Column("hour", "int")], table.PartitionKeys);
        Assert.Equal(SerDeNames.LazySimple, table.Storage.SerDe);
        Assert.Equal(SerDeNames.TextInputFormat, table.Storage.InputFormat);
        Assert.Equal(SerDeNames.TextOutputFormat, table.Storage.OutputFormat);
        Assert.Equal(
            [
                ("collection.delim", "|"), ("escape.delim", "\\"), ("field.delim", ","), ("serialization.format", ","),
            ],
            table.Storage.SerDeParameters.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal("csv", table.Parameters["classification"]);
        Assert.Equal("TRUE", table.Parameters["EXTERNAL"]);
    }

    [Theory]
    [InlineData("STORED AS PARQUET", SerDeNames.Parquet, SerDeNames.ParquetInputFormat)]
    [InlineData("ROW FORMAT SERDE '" + SerDeNames.OpenXJson + "'", SerDeNames.OpenXJson, SerDeNames.TextInputFormat)]
    [InlineData("", SerDeNames.LazySimple, SerDeNames.TextInputFormat)]
    public async Task CreateTable_Formats_AreTheirClasses(string format, string serDe, string inputFormat)
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);

        Assert.Equal("", await lake.ReadAsync($"CREATE EXTERNAL TABLE t (a int) {format} LOCATION 's3://lake/t/'"));

        var table = await lake.Catalog.FindTableAsync(new TableName("default", "t"), CancellationToken.None);
        Assert.Equal((serDe, inputFormat), (table!.Storage.SerDe, table.Storage.InputFormat));
    }

    [Fact]
    public async Task ShowCreateTable_RunAgain_MakesTheSameTable()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.ReadAsync(Create);
        var name = new TableName("default", "logs");
        var before = await lake.Catalog.FindTableAsync(name, CancellationToken.None);

        var text = await lake.ReadAsync("SHOW CREATE TABLE logs");
        await lake.ReadAsync("DROP TABLE logs");
        Assert.Equal("", await lake.ReadAsync(text));

        var after = await lake.Catalog.FindTableAsync(name, CancellationToken.None);
        Assert.StartsWith("CREATE EXTERNAL TABLE `default.logs`(\n  `id` int COMMENT 'the number', ", text);
        Assert.Equal(before!.Storage.Columns, after!.Storage.Columns);
        Assert.Equal(before.PartitionKeys, after.PartitionKeys);
        Assert.Equal(
            before.Storage.SerDeParameters.OrderBy(pair => pair.Key),
            after.Storage.SerDeParameters.OrderBy(pair => pair.Key));
        Assert.Equal(before.Storage.Location, after.Storage.Location);
        Assert.Equal(before.Description, after.Description);
    }

    [Fact]
    public async Task DropTable_WithObjects_KeepsThem()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.t", "a bigint");
        var put = await lake.PutAsync("default.t", "a.json", "{\"a\":1}\n");

        Assert.Equal("", await lake.ReadAsync("DROP TABLE t"));

        Assert.Contains("TABLE_NOT_FOUND", await lake.ReadAsync("SELECT a FROM t"));
        Assert.NotNull(await lake.Objects.FindAsync(put.Key, CancellationToken.None));
    }

    [Fact]
    public async Task RepairTable_HiveFolders_BecomePartitionsAndAreNamed()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.t", "a bigint", "day string; city string");
        await lake.PutAsync("default.t", "day=2026-01-01/city=New York/a.json", "{\"a\":1}\n");
        await lake.PutAsync("default.t", "day=2026-01-02/city=a%2Fb/a.json", "{\"a\":2}\n");
        await lake.PutAsync("default.t", "day=2026-01-03/other/a.json", "{\"a\":3}\n");
        await lake.PutAsync("default.t", "_temporary/a.json", "x");

        var first = await lake.ReadAsync("MSCK REPAIR TABLE t");
        var second = await lake.ReadAsync("MSCK REPAIR TABLE t");

        Assert.Equal(
            "Partitions not in metastore:\tt:day=2026-01-01/city=New York\tt:day=2026-01-02/city=a%2Fb\n"
                + "Repair: Added partition to metastore t:day=2026-01-01/city=New York\n"
                + "Repair: Added partition to metastore t:day=2026-01-02/city=a%2Fb",
            first);
        Assert.Equal("", second);
        Assert.Equal(
            "1|2026-01-01|New York\n2|2026-01-02|a/b", await lake.ReadAsync("SELECT * FROM t ORDER BY a"));
    }

    [Fact]
    public async Task Views_CreatedReplacedAndDropped_AreReadThroughTheCatalog()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.t", "a bigint; b string");
        await lake.PutAsync("default.t", "a.json", "{\"a\":1,\"b\":\"x\"}\n{\"a\":2}\n");

        Assert.Equal("", await lake.ReadAsync("CREATE VIEW v AS SELECT a AS \"N\", b FROM t WHERE a > 1"));
        var again = await lake.ReadAsync("CREATE VIEW v AS SELECT 1 AS x");
        var show = await lake.ReadAsync("SHOW CREATE VIEW v");
        Assert.Equal("", await lake.ReadAsync("CREATE OR REPLACE VIEW v AS SELECT a + 1 AS m FROM t"));
        var columns = await lake.ReadAsync("SHOW COLUMNS IN v");
        var views = await lake.ReadAsync("SHOW VIEWS");
        Assert.Equal("", await lake.ReadAsync("DROP VIEW v"));

        Assert.Contains("ALREADY_EXISTS: line 1:1: View already exists: 'awsdatacatalog.default.v'", again);
        Assert.Equal("CREATE VIEW default.v AS\nSELECT a AS \"N\", b FROM t WHERE a > 1", show);
        Assert.Equal("m", columns);
        Assert.Equal("v", views);
        Assert.Equal("", await lake.ReadAsync("SHOW VIEWS"));
    }

    [Fact]
    public async Task Ddl_Reopened_IsStillThere()
    {
        using var directory = new TempDirectory();
        await using (var lake = await QueryLake.OpenAsync(directory.Path))
        {
            await lake.ReadAsync("CREATE DATABASE shop COMMENT 'all of it' WITH DBPROPERTIES ('owner' = 'ann')");
            await lake.ReadAsync(
                "CREATE EXTERNAL TABLE shop.t (a int) PARTITIONED BY (day string) LOCATION 's3://lake/shop/t/'");
            await lake.ReadAsync(
                "ALTER TABLE shop.t ADD PARTITION (day = '1') PARTITION (day = '2') LOCATION 's3://lake/x/'");
        }

        await using var reopened = await QueryLake.OpenAsync(directory.Path);
        var run = await reopened.RunAsync("SHOW PARTITIONS shop.t");
        var partitions = await reopened.Catalog.ListPartitionsAsync(
            new TableName("shop", "t"), CancellationToken.None);

        Assert.Equal(QueryState.Succeeded, run.State);
        Assert.Equal("day=1\nday=2", await reopened.ReadAsync("SHOW PARTITIONS shop.t"));
        Assert.Equal(
            ["s3://lake/shop/t/day=1/", "s3://lake/x/"], partitions.Select(partition => partition.Location));
        var database = await reopened.Catalog.FindDatabaseAsync("shop", CancellationToken.None);
        Assert.Equal(("all of it", "ann"), (database!.Description, database.Parameters["owner"]));
    }
}
