using System.Globalization;
using Tarn.Query.Estimates;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;
using Tarn.Testing;

namespace Tarn.Query.Tests.Estimates;

public sealed class RowGroupPrunerTests
{
    /// <summary>Columns of a real file in groups of 2,048 rows, with values to compare them with.</summary>
    private static readonly
        (string Column, string Values, SqlType Type, SqlType Literal, string[] Literals)[] Columns =
    [
        ("t", "CAST(i / 100 AS TINYINT)", SqlType.TinyInt, SqlType.Integer, ["-1", "0", "20", "40", "81", "100"]),
        ("i", "i", SqlType.Integer, SqlType.Integer, ["-5", "0", "2047", "2048", "8191", "8192"]),
        ("l", "CAST(i AS BIGINT) * 10000000000", SqlType.BigInt, SqlType.BigInt, ["-1", "20480000000000", "5"]),
        ("m", "CAST(i AS DECIMAL(10,2)) / 4", SqlType.Decimal(10, 2), SqlType.Decimal(5, 2),
            ["-0.25", "0.00", "511.75", "512.00", "512.25"]),
        ("w", "CAST(i AS DECIMAL(38,4)) * 1000000000000", SqlType.Decimal(38, 4), SqlType.Decimal(38, 4),
            ["0.0000", "2047000000000000.0000", "12345678901234567890123456789012.0000"]),
        ("f", "CAST(CASE WHEN i % 1000 = 7 THEN 'nan' ELSE CAST(i AS VARCHAR) END AS DOUBLE)", SqlType.Double,
            SqlType.Double, ["-1.0E0", "2.048E3", "9.0E9", "NaN"]),
        ("s", "'key ' || lpad(CAST(i AS VARCHAR), 5, '0')", SqlType.Varchar, SqlType.Varchar,
            ["", "key", "key 02047", "key 02048", "key 02048x", "l", "é"]),
        ("long", "repeat('é', 400) || lpad(CAST(i AS VARCHAR), 5, '0')", SqlType.Varchar, SqlType.Varchar,
            ["a", "é", "z", "ü"]),
        ("day", "DATE '2026-01-01' + CAST(i // 64 AS INTEGER)", SqlType.Date, SqlType.Date,
            ["2025-12-31", "2026-01-01", "2026-02-01", "2026-02-02", "2026-06-01"]),
        ("moment", "TIMESTAMP '2026-01-01 00:00:00.5' + to_minutes(i)", SqlType.Timestamp, SqlType.Timestamp,
            [
                "2026-01-01 00:00:00.499", "2026-01-02 10:07:00.500", "2026-01-02 10:07:00.501", "2027-01-01 00:00:00",
            ]),
        ("n", "CASE WHEN i < 2048 THEN NULL ELSE i END", SqlType.Integer, SqlType.Integer, ["0", "2048", "9000"]),
    ];

    private static readonly string[] Operators = ["=", "<>", "<", "<=", ">", ">="];

    /// <summary>No group with a row that matches is left out, by the engine's own count; some others are.</summary>
    [Fact]
    public async Task MayMatch_EveryTypeAndOperator_KeepsTheGroupsThatHoldMatches()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        var list = string.Join(", ", Columns.Select(column => $"{column.Values} AS {column.Column}"));
        await lake.CreateParquetTableAsync("default.p", "i int");
        var info = await lake.PutParquetAsync(
            "default.p", "a.parquet", $"SELECT {list} FROM (SELECT CAST(range AS INTEGER) AS i FROM range(8192))");
        using var file = await lake.Objects.OpenLocalAsync(info.Key, CancellationToken.None);
        await RewriteAsync(lake, file!.Path);
        var footer = (await new ParquetFooters(lake.DuckDb).ReadAsync([file], CancellationToken.None))[0];
        var types = Columns.ToDictionary(column => column.Column, column => column.Type, StringComparer.Ordinal);
        var (tested, left) = (0, 0);

        foreach (var column in Columns)
        {
            foreach (var text in column.Literals)
            {
                foreach (var symbol in Operators)
                {
                    var filter = new ScanFilter(column.Column, symbol, [Literal(text, column.Literal)]);
                    var held = await GroupsAsync(lake, file.Path, column.Column, symbol, text, column.Type);
                    var kept = footer.Groups.Select(group => RowGroupPruner.MayMatch(group, [filter], types)).ToList();
                    Assert.All(held, group => Assert.True(
                        kept[group], $"group {group} holds rows with {column.Column} {symbol} {text}"));
                    tested++;
                    left += kept.Count(isKept => !isKept);
                }
            }
        }

        Assert.Equal(4, footer.Groups.Count);
        Assert.True(tested > 250 && left > 300, $"{left} groups left out in {tested} tests");
    }

    [Theory]
    [InlineData("integer", "=", "5", "10", "20", false)]
    [InlineData("integer", "=", "10", "10", "20", true)]
    [InlineData("integer", "=", "20.5", "10", "20", false)]
    [InlineData("integer", "<", "10", "10", "20", false)]
    [InlineData("integer", "<=", "10", "10", "20", true)]
    [InlineData("integer", ">", "20", "10", "20", false)]
    [InlineData("integer", ">=", "20", "10", "20", true)]
    [InlineData("integer", "<>", "10", "10", "10", true)]
    [InlineData("varchar", "=", "b", "ba", "bz", false)]
    [InlineData("varchar", "PREFIX", "b", "ca", "cz", true)]
    [InlineData("varchar", "<", "\ud83d\ude00", "\uffee", "\uffef", true)]
    [InlineData("date", ">", "2026-11-23", "2026-11-01", "2026-11-23", false)]
    [InlineData("timestamp(3)", "=", "2026-11-23 10:00:00.001", "2026-11-23 10:00:00", "2026-11-23 10:00:00", false)]
    [InlineData("timestamp(3)", "=", "2026-11-23 10:00:00.000", "2026-11-23 10:00:00", "2026-11-23 10:00:00", true)]
    [InlineData("double", "=", "5", "10", "20", true)]
    [InlineData("boolean", "=", "true", "false", "false", true)]
    public void MayMatch_OneColumn_GoesByItsBounds(
        string type, string symbol, string literal, string min, string max, bool expected)
    {
        var column = TypeText.TryParseHive(type)!;
        var group = new ParquetRowGroup(
            new Dictionary<string, ParquetChunk> { ["c"] = new ParquetChunk(100, min, max) });

        var may = RowGroupPruner.MayMatch(
            group,
            [new ScanFilter("c", symbol, [Literal(literal, LiteralType(column, literal))])],
            new Dictionary<string, SqlType> { ["c"] = column });

        Assert.Equal(expected, may);
    }

    [Fact]
    public void MayMatch_SeveralValues_NeedsOneWithinAndEveryFilter()
    {
        var group = new ParquetRowGroup(
            new Dictionary<string, ParquetChunk> { ["c"] = new ParquetChunk(100, "10", "20") });
        var types = new Dictionary<string, SqlType> { ["c"] = SqlType.Integer };
        bool May(params ScanFilter[] filters) => RowGroupPruner.MayMatch(group, filters, types);
        ScanFilter In(params string?[] texts) => new(
            "c", "IN", [.. texts.Select(text => Literal(text, text is null ? SqlType.Unknown : SqlType.Integer))]);

        Assert.True(May(In("1", "15", null)));
        Assert.False(May(In("1", "25")));
        Assert.False(May(In(null, null)));
        Assert.False(May(In("15"), In("25")));
        Assert.True(May(In("15"), new ScanFilter("other", "=", [Literal("1", SqlType.Integer)])));
    }

    [Theory]
    [InlineData(null, "20")]
    [InlineData("10", null)]
    [InlineData(null, null)]
    public void MayMatch_WithoutBounds_KeepsTheGroup(string? min, string? max)
    {
        var group = new ParquetRowGroup(
            new Dictionary<string, ParquetChunk> { ["c"] = new ParquetChunk(100, min, max) });

        Assert.True(RowGroupPruner.MayMatch(
            group,
            [new ScanFilter("c", "=", [Literal("30", SqlType.Integer)])],
            new Dictionary<string, SqlType> { ["c"] = SqlType.Integer }));
    }

    private static Expression.Literal Literal(string? text, SqlType type) => new(new SqlPosition(1, 1), text, type);

    private static SqlType LiteralType(SqlType column, string text) =>
        column.IsInteger && text.Contains('.', StringComparison.Ordinal) ? SqlType.Decimal(3, 1) : column;

    /// <summary>The same rows in groups of 2,048.</summary>
    private static async Task RewriteAsync(QueryLake lake, string path)
    {
        var folder = lake.Objects.LocalDirectories[0];
        var moved = Path.Combine(folder, "groups.parquet");
        using (var session = lake.DuckDb.OpenSession())
        {
            await session.ExecuteAsync(
                $"COPY (SELECT * FROM read_parquet('{path}') ORDER BY i) TO '{moved}' "
                + "(FORMAT parquet, ROW_GROUP_SIZE 2048)",
                CancellationToken.None);
        }

        File.Move(moved, path, overwrite: true);
    }

    private static async Task<IReadOnlyList<int>> GroupsAsync(
        QueryLake lake, string path, string column, string symbol, string text, SqlType type)
    {
        using var session = lake.DuckDb.OpenSession();
        using var rows = await session.QueryAsync(
            $"SELECT DISTINCT i // 2048 FROM (SELECT *, {column} AS tested FROM read_parquet('{path}')) "
            + $"WHERE tested {symbol} CAST('{text}' AS {type.DuckDbName})",
            CancellationToken.None);
        var groups = new List<int>();
        while (rows.Read())
        {
            groups.Add(Convert.ToInt32(rows.GetValue(0), CultureInfo.InvariantCulture));
        }

        return groups;
    }
}
