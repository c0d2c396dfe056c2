using Tarn.Formats.SerDes;
using Tarn.Query.Compilation;
using Tarn.Testing;

namespace Tarn.Query.Tests.Binding;

/// <summary>Parquet files whose columns are the table's by position.</summary>
public sealed class ParquetPositionTests
{
    private static readonly Dictionary<string, string> ByPosition = new() { ["parquet.column.index.access"] = "true" };

    [Fact]
    public async Task Select_IndexAccess_TakesColumnsByPosition()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await CreateAsync(lake, ByPosition);

        Assert.Equal(
            "1|one|{x=null}|2\n2|two|{x=5}|3\n3|three|NULL|NULL",
            await lake.ReadAsync("SELECT id, name, place, score FROM t ORDER BY id"));
        Assert.Equal("3", await lake.ReadAsync("SELECT count(*) FROM t"));
        Assert.Equal("two", await lake.ReadAsync("SELECT name FROM t WHERE place.x = 5 AND score > 2"));
    }

    [Theory]
    [InlineData("false")]
    [InlineData("FALSE")]
    public async Task Select_WithoutIndexAccess_TakesColumnsByName(string value)
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await CreateAsync(lake, new() { ["parquet.column.index.access"] = value, ["serialization.format"] = "1" });

        Assert.Equal("3\nNULL\nNULL", await lake.ReadAsync("SELECT score FROM t ORDER BY score"));
    }

    [Fact]
    public async Task Select_IndexAccess_CountsBytesOfTheColumnsInTheirPlaces()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateTableAsync("default.t", "a bigint; b string", "", SerDeNames.Parquet, ByPosition);
        await lake.PutParquetAsync(
            "default.t", "a.parquet", "SELECT repeat('x', 10) || range AS b, range AS a FROM range(1000)");
        await lake.CreateTableAsync("default.named", "b string; a bigint", "", SerDeNames.Parquet, []);
        await lake.PutParquetAsync(
            "default.named", "a.parquet", "SELECT repeat('x', 10) || range AS b, range AS a FROM range(1000)");

        Assert.Equal(await BytesAsync(lake, "SELECT b FROM named"), await BytesAsync(lake, "SELECT a FROM t"));
        await lake.ReadAsync("DROP TABLE t");
        await lake.CreateTableAsync("default.t", "b string; number bigint", "", SerDeNames.Parquet, ByPosition);
        Assert.Equal(0, await BytesAsync(lake, "SELECT b FROM t WHERE number > 5000"));
    }

    [Fact]
    public async Task Select_PropertyThatIsNotHonoured_IsRefusedByName()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await CreateAsync(lake, new() { ["parquet.column.index.acces"] = "true" });

        var answer = await lake.ReadAsync("SELECT id FROM t");

        Assert.Contains(
            "NOT_SUPPORTED: table 'default.t' has the SerDe property 'parquet.column.index.acces' = 'true'",
            answer,
            StringComparison.Ordinal);
    }

    private static async Task<long> BytesAsync(QueryLake lake, string sql)
    {
        using var query = await lake.Compiler.CompileAsync(sql, new CompileOptions(), CancellationToken.None);
        return query.Estimate.Bytes;
    }

    /// <summary>Three files: other names, other names again, and fewer columns.</summary>
    private static async Task CreateAsync(QueryLake lake, Dictionary<string, string> properties)
    {
        await lake.CreateTableAsync(
            "default.t",
            "id bigint; name string; place struct<x:int>; score bigint",
            "",
            SerDeNames.Parquet,
            properties);
        await lake.PutParquetAsync(
            "default.t", "a.parquet", "SELECT 1 AS number, 'one' AS Word, {'x': NULL::INT} AS spot, 2 AS points");
        await lake.PutParquetAsync(
            "default.t", "b.parquet", "SELECT 2 AS c1, 'two' AS c2, {'x': 5} AS c3, 3 AS c4, 9 AS c5");
        await lake.PutParquetAsync("default.t", "c.parquet", "SELECT 3 AS score, 'three' AS id, NULL AS x");
    }
}
