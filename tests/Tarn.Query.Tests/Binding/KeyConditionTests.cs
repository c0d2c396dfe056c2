using Tarn.Query.Compilation;
using Tarn.Testing;

namespace Tarn.Query.Tests.Binding;

/// <summary>Which objects are read where conditions on partition keys are more than comparisons.</summary>
public sealed class KeyConditionTests
{
    /// <summary>An object for each partition, called after the first letter of its value <c>v</c>.</summary>
    private static readonly (string Name, string Day, string Hour, string N)[] Partitions =
    [
        ("a", "2026-10-30", "01", "1"), ("b", "2026-11-01", "05", "2"), ("c", "2026-11-23", "06", "3"),
        ("d", "2026-11-23", "13", "4"), ("e", "2026-12-01", "23", "5"),
        ("f", "__HIVE_DEFAULT_PARTITION__", "07", "6"), ("g", "not a day", "08", "7"),
    ];

    [Theory]
    [InlineData("substr(day, 1, 7) = '2026-11'", "bcd")]
    [InlineData("CAST(hour AS integer) > 5", "cdefg")]
    [InlineData("CAST(hour AS integer) BETWEEN 5 AND 7", "bcf")]
    [InlineData("day = '2026-11-01' OR day = '2026-12-01'", "be")]
    [InlineData("day = '2026-11-01' OR n > 4 AND hour < '09'", "bfg")]
    [InlineData("(day = '2026-11-23' AND v = 'c') OR (n = 1 AND v = 'x')", "acd")]
    [InlineData("day = '2026-11-23' OR v = 'a'", "abcdefg")]
    [InlineData("day IN ('2026-11-23', concat('2026-', '12-01'))", "cde")]
    [InlineData("day NOT IN ('2026-11-23')", "abeg")]
    [InlineData("NOT day = '2026-11-23'", "abeg")]
    [InlineData("day LIKE '2026-1_-01'", "be")]
    [InlineData("day LIKE '2026-11%'", "bcd")]
    [InlineData("day IS NULL", "abcdefg")]
    [InlineData("day IS NOT NULL AND n % 2 = 0", "bd")]
    [InlineData("try(date_parse(day, '%Y-%m-%d')) > TIMESTAMP '2026-11-15 00:00:00'", "cde")]
    [InlineData("TRY_CAST(day AS date) < DATE '2026-11-02'", "ab")]
    [InlineData("TRY_CAST(day AS date) >= date_add('day', -30, DATE '2026-12-01')", "bcde")]
    [InlineData("concat(day, hour) = '2026-11-2313'", "d")]
    [InlineData("n + 1 = 4 AND v <> 'z'", "c")]
    [InlineData("n = 3.0", "c")]
    [InlineData("CASE WHEN n < 3 THEN true ELSE hour = '23' END", "abe")]
    [InlineData("random() < 2 AND n = 1", "a")]
    [InlineData("random() * n < 100", "abcdefg")]
    [InlineData("n IN (SELECT 2)", "abcdefg")]
    [InlineData("regexp_like(day, '^\\d{4}-1[12]')", "bcde")]
    public async Task CompileAsync_ConditionOnKeys_ReadsOnlyWhatCanMatch(string condition, string expected)
    {
        using var directory = new TempDirectory();
        await using var lake = await CreateAsync(directory);

        var read = await ObjectsAsync(lake, $"SELECT v FROM t WHERE {condition}");
        var rows = await lake.ReadAsync($"SELECT v FROM t WHERE {condition} ORDER BY v");
        var right = await lake.ReadAsync($"SELECT v FROM {Values} WHERE {condition} ORDER BY v");

        Assert.Equal(expected, read);
        Assert.Equal(right, rows);
    }

    [Fact]
    public async Task CompileAsync_ThroughAViewAndADerivedTable_ReadsOnlyWhatCanMatch()
    {
        using var directory = new TempDirectory();
        await using var lake = await CreateAsync(directory);
        await lake.ReadAsync("CREATE VIEW w AS SELECT v, day AS d, CAST(n AS varchar) AS text FROM t");

        Assert.Equal("bcd", await ObjectsAsync(lake, "SELECT v FROM w WHERE substr(d, 1, 7) = '2026-11'"));
        Assert.Equal("e", await ObjectsAsync(
            lake, "SELECT x FROM (SELECT v AS x, day AS y FROM t) AS q WHERE concat(q.y, '!') = '2026-12-01!'"));
    }

    [Fact]
    public async Task Read_OuterJoin_KeepsRowsThatHaveNoOther()
    {
        using var directory = new TempDirectory();
        await using var lake = await CreateAsync(directory);
        const string Join = "SELECT k.x FROM (VALUES 'a', 'c', 'q') AS k (x) LEFT JOIN t ON t.v = k.x WHERE ";

        Assert.Equal("q", await lake.ReadAsync(Join + "t.day IS NULL"));
        Assert.Equal("c\nq", await lake.ReadAsync(Join + "coalesce(t.day, '2026-11-23') = '2026-11-23' ORDER BY 1"));
        Assert.Equal("c", await lake.ReadAsync(Join + "substr(t.day, 6, 2) = '11'"));
    }

    [Fact]
    public async Task CompileAsync_ConditionThatFailsForAValue_KeepsAllAndFailsWhereAthenaDoes()
    {
        using var directory = new TempDirectory();
        await using var lake = await CreateAsync(directory);

        Assert.Equal(
            "abcdefg", await ObjectsAsync(lake, "SELECT v FROM t WHERE CAST(day AS date) > DATE '2026-11-01'"));
        Assert.Equal("cd", await ObjectsAsync(
            lake, "SELECT v FROM t WHERE CAST(day AS date) > DATE '2026-11-01' AND day = '2026-11-23'"));
    }

    [Fact]
    public async Task CompileAsync_ProjectedPartitions_AreTestedToo()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        Assert.Equal("", await lake.ReadAsync(
            "CREATE EXTERNAL TABLE t (v string) PARTITIONED BY (n int) STORED AS TEXTFILE LOCATION 's3://lake/p/' "
            + "TBLPROPERTIES ('projection.enabled' = 'true', 'projection.n.type' = 'integer', "
            + "'projection.n.range' = '1,9')"));
        foreach (var n in new[] { 1, 2, 3, 4 })
        {
            await lake.PutAsync("p", $"n={n}/{(char)('a' + n)}.txt", "x\n");
        }

        Assert.Equal("ce", await ObjectsAsync(lake, "SELECT v FROM t WHERE n % 2 = 0"));
    }

    private static string Values => "(VALUES " + string.Join(", ", Partitions.Select(partition =>
        $"('{partition.Name}', {(partition.Day[0] == '_' ? "CAST(NULL AS varchar)" : $"'{partition.Day}'")}, "
        + $"'{partition.Hour}', {partition.N})")) + ") AS t (v, day, hour, n)";

    private static async Task<QueryLake> CreateAsync(TempDirectory directory)
    {
        var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.t", "v string", "day string; hour string; n int");
        foreach (var (name, day, hour, n) in Partitions)
        {
            await lake.AddPartitionAsync("default.t", day, hour, n);
            await lake.PutAsync("default.t", $"{day}/{hour}/{n}/{name}.json", $"{{\"v\":\"{name}\"}}\n");
        }

        return lake;
    }

    private static async Task<string> ObjectsAsync(QueryLake lake, string sql)
    {
        using var query = await lake.Compiler.CompileAsync(sql, new CompileOptions(), CancellationToken.None);
        return string.Concat(query.Inputs.SelectMany(input => input.Objects)
            .Select(info => Path.GetFileName(info.Key.Key)[0]).Order());
    }
}
