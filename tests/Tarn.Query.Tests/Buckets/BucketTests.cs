using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.Catalog.Tables;
using Tarn.Query.Buckets;
using Tarn.Query.Compilation;
using Tarn.Testing;

namespace Tarn.Query.Tests.Buckets;

/// <summary>
/// Tables whose rows are divided among buckets. The numbers were computed by a few lines of Python that know Hive's
/// rules and not this code.
/// </summary>
public sealed partial class BucketTests
{
    private const string Users =
        "SELECT concat('user ', CAST(n AS varchar)) AS name, CAST(n AS integer) AS n, n * 4000000000 AS wide, "
        + "CAST(n % 2 AS varchar) AS day FROM UNNEST(sequence(1, 40)) AS t (n)";

    /// <summary>Of "user 1" to "user 40" among four.</summary>
    private static readonly int[] OfUsers =
    [
        0, 1, 2, 3, 0, 1, 2, 3, 0, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 3,
        0, 1, 2, 3, 0, 1, 2, 3, 0, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 1,
    ];

    [Theory]
    [InlineData("", 0)]
    [InlineData("test", 3556498)]
    [InlineData("hello", 99162322)]
    [InlineData("é 中 😀", 1070610776)]
    [InlineData("user 42", -147195149)]
    public void Text_Hashed_IsHives(string text, int expected) => Assert.Equal(expected, HiveHash.Text(text));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(-300, 299)]
    [InlineData(2147483648, -2147483648)]
    [InlineData(long.MinValue, -2147483648)]
    [InlineData(1234567890123, 1912276436)]
    public void Whole_Hashed_IsHives(long value, int expected) => Assert.Equal(expected, HiveHash.Whole(value));

    [Fact]
    public void OtherTypes_Hashed_AreHives()
    {
        Assert.Equal(
            [0, int.MinValue, 986311098, 1983353248], new[] { 0.0, -0.0, 12.34, -1e300 }.Select(HiveHash.Double));
        Assert.Equal([0, 1095069860, -1077936128], new[] { 0f, 12.34f, -1.5f }.Select(HiveHash.Real));
        Assert.Equal(
            [0, 1000, 73742823, 496683432], new[] { 0L, 1, -1, 1795428000123456 }.Select(HiveHash.Timestamp));
        Assert.Equal(4, HiveHash.Bucket(HiveHash.Combine(HiveHash.Text("user 42"), 7), 16));
    }

    [Fact]
    public async Task CreateTableAs_Bucketed_PutsEachRowIntoItsBucketsFile()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);

        Assert.Equal("", await lake.ReadAsync(
            $"CREATE TABLE t WITH (bucketed_by = ARRAY['name'], bucket_count = 4, format = 'JSON') AS {Users}"));
        var rows = (await lake.ReadAsync("SELECT n, \"$path\" FROM t ORDER BY n")).Split('\n');
        var table = await lake.Catalog.FindTableAsync(new TableName("default", "t"), CancellationToken.None);

        Assert.Equal(OfUsers, rows.Select(Bucket));
        Assert.Equal(["name"], table!.Storage.Buckets!.Columns);
        Assert.Equal(4, table.Storage.Buckets.Count);
        Assert.Contains(
            "CLUSTERED BY ( \n  `name`) \nINTO 4 BUCKETS",
            await lake.ReadAsync("SHOW CREATE TABLE t"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateTableAs_BucketedBySeveralWithinPartitions_PutsEachRowIntoItsBucketsFile()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);

        Assert.Equal("", await lake.ReadAsync(
            "CREATE TABLE t WITH (bucketed_by = ARRAY['name', 'n'], bucket_count = 16, "
            + $"partitioned_by = ARRAY['day']) AS {Users}"));
        await lake.ReadAsync(
            $"CREATE TABLE w WITH (bucketed_by = ARRAY['wide'], bucket_count = 8) AS {Users}");
        var both = await BucketsAsync(lake, "t");
        var wide = await BucketsAsync(lake, "w");

        Assert.Equal((5, 5, 5, 7), (both[1], both[2], both[3], both[40]));
        Assert.Equal((0, 1, 2, 5), (wide[1], wide[2], wide[3], wide[40]));
        Assert.Equal("20", await lake.ReadAsync("SELECT count(*) FROM t WHERE day = '1'"));
    }

    [Fact]
    public async Task Select_EqualityOnTheBucketsColumns_ReadsOnlyTheirFiles()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.ReadAsync($"CREATE TABLE t WITH (bucketed_by = ARRAY['name'], bucket_count = 4) AS {Users}");
        await lake.ReadAsync($"CREATE TABLE u WITH (bucketed_by = ARRAY['n', 'name'], bucket_count = 4) AS {Users}");

        foreach (var n in Enumerable.Range(1, 40))
        {
            Assert.Equal([OfUsers[n - 1]], await FilesAsync(lake, $"SELECT n FROM t WHERE name = 'user {n}'"));
            Assert.Equal(
                n.ToString(CultureInfo.InvariantCulture),
                await lake.ReadAsync($"SELECT n FROM u WHERE name = 'user {n}' AND n = {n}"));
        }

        Assert.Equal([0, 2], await FilesAsync(lake, "SELECT n FROM t WHERE name IN ('user 1', 'user 3', NULL)"));
        Assert.Equal([0, 1, 2, 3], await FilesAsync(lake, "SELECT n FROM t WHERE name > 'user 1'"));
        Assert.Equal([0, 1, 2, 3], await FilesAsync(lake, "SELECT name FROM u WHERE n = 7"));
        Assert.Single(await FilesAsync(lake, "SELECT name FROM u WHERE n = 7 AND name = 'user 7'"));
        Assert.Empty(await lake.ReadAsync("SELECT n FROM t WHERE name = 'user 1' AND name = 'user 2'"));
    }

    [Fact]
    public async Task Select_TableOfHiveOrOfOthers_GoesByNamesOnlyWhereTheyTellTheBucket()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        foreach (var (table, properties) in new[]
        {
            ("hive", ""), ("later", " TBLPROPERTIES ('bucketing_version' = '2')"),
            ("spark", " TBLPROPERTIES ('bucketing_format' = 'spark')"),
        })
        {
            Assert.Equal("", await lake.ReadAsync(
                $"CREATE EXTERNAL TABLE {table} (name string, n int) CLUSTERED BY (name) INTO 4 BUCKETS "
                + $"ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION 's3://lake/{table}/'{properties}"));
            await lake.PutAsync(table, "000000_0", "user 1,1\n");
            await lake.PutAsync(table, "000003_0.gz", "user 4,4\n");
            await lake.PutAsync(table, "000009_0", "user 1,9\n");
            await lake.PutAsync(table, "part-00002-x_00002.csv", "user 1,2\n");
        }

        Assert.Equal("1\n2\n9", await lake.ReadAsync("SELECT n FROM hive WHERE name = 'user 1' ORDER BY n"));
        Assert.Equal(3, await CountAsync(lake, "SELECT n FROM hive WHERE name = 'user 1'"));
        Assert.Equal(4, await CountAsync(lake, "SELECT n FROM later WHERE name = 'user 1'"));
        Assert.Equal(4, await CountAsync(lake, "SELECT n FROM spark WHERE name = 'user 1'"));
    }

    [Theory]
    [InlineData("INSERT INTO t SELECT 'x', 1", "INSERT INTO is not supported on bucketed tables")]
    [InlineData(
        "CREATE EXTERNAL TABLE z (a int) CLUSTERED BY (b) INTO 4 BUCKETS LOCATION 's3://lake/z/'",
        "Invalid column reference: b")]
    [InlineData(
        "CREATE EXTERNAL TABLE z (a int) CLUSTERED BY (a) SORTED BY (a) INTO 4 BUCKETS LOCATION 's3://lake/z/'",
        "SORTED BY is not supported")]
    public async Task Statements_ThatBucketsDoNotAllow_AreRefusedByName(string sql, string reason)
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.ReadAsync(
            "CREATE EXTERNAL TABLE t (name string, n int) CLUSTERED BY (name) INTO 4 BUCKETS LOCATION 's3://lake/t/'");

        var answer = await lake.ReadAsync(sql);

        Assert.StartsWith("Failed: ", answer, StringComparison.Ordinal);
        Assert.Contains(reason, answer, StringComparison.Ordinal);
        Assert.Matches("Num Buckets: *\t4", await lake.ReadAsync("DESCRIBE FORMATTED t"));
    }

    private static int Bucket(string row) =>
        int.Parse(BucketName().Match(row).Groups[1].Value, CultureInfo.InvariantCulture);

    private static async Task<Dictionary<int, int>> BucketsAsync(QueryLake lake, string table) =>
        (await lake.ReadAsync($"SELECT n, \"$path\" FROM {table}")).Split('\n').ToDictionary(
            row => int.Parse(row.Split('|')[0], CultureInfo.InvariantCulture), Bucket);

    private static async Task<IReadOnlyList<int>> FilesAsync(QueryLake lake, string sql)
    {
        using var query = await lake.Compiler.CompileAsync(sql, new CompileOptions(), CancellationToken.None);
        return [.. query.Inputs.SelectMany(input => input.Objects)
            .Select(info => Bucket(info.Key.Key)).Distinct().Order()];
    }

    private static async Task<int> CountAsync(QueryLake lake, string sql)
    {
        using var query = await lake.Compiler.CompileAsync(sql, new CompileOptions(), CancellationToken.None);
        return query.Inputs.Sum(input => input.Objects.Count);
    }

    [GeneratedRegex("_bucket-([0-9]{5})-")]
    private static partial Regex BucketName();
}
