using System.Text;
using Tarn.DuckDb.JsonRecords;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.Tests.JsonRecords;

public sealed class JsonRecordTableTests : IDisposable
{
    private readonly DuckDbFixture _fixture = new();
    private readonly IDuckDbSession _session;
    private readonly List<SkippedRecord> _skipped = [];

    public JsonRecordTableTests() => _session = _fixture.Database.OpenSession();

    /// <summary>Type, JSON value, and what is read.</summary>
    public static TheoryData<string, string, object?> Values => new()
    {
        { "BOOLEAN", "true", true },
        { "BOOLEAN", "\"false\"", false },
        { "INTEGER", "-2147483648", int.MinValue },
        { "INTEGER", "1e3", 1000 },
        { "BIGINT", "9223372036854775807", long.MaxValue },
        { "BIGINT", "\"42\"", 42L },
        { "BIGINT", "12.0", 12L },
        { "BIGINT", "-0", 0L },
        { "DOUBLE", "1", 1.0 },
        { "DOUBLE", "-1.5e-3", -0.0015 },
        { "DOUBLE", "\"2.5\"", 2.5 },
        { "VARCHAR", "\"\"", "" },
        { "VARCHAR", "\"twelve bytes\"", "twelve bytes" },
        { "VARCHAR", "\"thirteen byte\"", "thirteen byte" },
        { "VARCHAR", "\"\\u00e9\\n\\\"\\ud83d\\ude00\"", "é\n\"😀" },
        { "VARCHAR", "\"žluťoučký kůň\"", "žluťoučký kůň" },
        { "VARCHAR", "1.50", "1.50" },
        { "VARCHAR", "true", "true" },
        { "VARCHAR", "{\"a\": [1, 2]}", "{\"a\": [1, 2]}" },
        { "JSON", "{\"a\": [1, 2]}", "{\"a\": [1, 2]}" },
        { "JSON", "\"x\"", "\"x\"" },
        { "JSON", "17", "17" },
        { "DATE", "\"2024-02-29\"", new DateOnly(2024, 2, 29) },
        { "DATE", "\"0001-01-01\"", DateOnly.MinValue },
        { "DATE", "\"9999-12-31\"", DateOnly.MaxValue },
        { "TIMESTAMP", "\"2024-01-02T03:04:05Z\"", new DateTime(2024, 1, 2, 3, 4, 5) },
        { "TIMESTAMP", "\"2024-01-02 03:04:05\"", new DateTime(2024, 1, 2, 3, 4, 5) },
        { "TIMESTAMP", "\"2024-01-02 03:04:05.678\"", new DateTime(2024, 1, 2, 3, 4, 5, 678) },
        { "TIMESTAMP", "\"2024-01-02T03:04:05.1234569\"", new DateTime(2024, 1, 2, 3, 4, 5, 123, 456) },
        { "TIMESTAMP", "\"2024-01-02T03:04\"", new DateTime(2024, 1, 2, 3, 4, 0) },
        { "TIMESTAMP", "\"2024-01-02\"", new DateTime(2024, 1, 2) },
        { "TIMESTAMP", "\"2024-01-02T00:30:00+02:00\"", new DateTime(2024, 1, 1, 22, 30, 0) },
        { "TIMESTAMP", "\"1900-01-01T00:00:00-0530\"", new DateTime(1900, 1, 1, 5, 30, 0) },
        { "TIMESTAMPTZ", "\"2024-01-02T00:30:00+02\"", new DateTime(2024, 1, 1, 22, 30, 0, DateTimeKind.Utc) },
        { "TIMESTAMPTZ", "\"2024-01-02\\u003100:00:00\"", null },
        { "TIMESTAMPTZ", "\"2024-01-02\\u005400:00:00\"", new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc) },
        { "DECIMAL(4,2)", "99.99", 99.99m },
        { "DECIMAL(4,2)", "-0.005", -0.01m },
        { "DECIMAL(9,0)", "1e8", 100_000_000m },
        { "DECIMAL(18,2)", "1234567890123456.789", 1234567890123456.79m },
        { "DECIMAL(18,2)", "\"12.3\"", 12.30m },
        { "DECIMAL(18,18)", "0.1234567890123456784", 0.123456789012345678m },
        { "DECIMAL(18,2)", "1e-400", 0m },
        { "BIGINT", "null", null },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Select_Value_ReadsAsItsColumnsType(string type, string json, object? expected)
    {
        Register([new("v", type)], $"{{\"v\": {json}}}\n");

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT v FROM t");

        if (expected is null && json != "null")
        {
            Assert.Empty(rows);
            Assert.Single(_skipped);
            return;
        }

        Assert.Empty(_skipped);
        Assert.Equal(expected, Assert.Single(rows)[0]);
    }

    [Theory]
    [InlineData("BOOLEAN", "1")]
    [InlineData("BOOLEAN", "\"yes\"")]
    [InlineData("INTEGER", "2147483648")]
    [InlineData("INTEGER", "1.5")]
    [InlineData("INTEGER", "\"\"")]
    [InlineData("INTEGER", "true")]
    [InlineData("BIGINT", "9223372036854775808")]
    [InlineData("BIGINT", "1e19")]
    [InlineData("BIGINT", "\"12abc\"")]
    [InlineData("BIGINT", "[1]")]
    [InlineData("BIGINT", "{\"a\": {\"b\": 1}}")]
    [InlineData("DOUBLE", "1e999")]
    [InlineData("DOUBLE", "\"NaN\"")]
    [InlineData("DOUBLE", "\"x\"")]
    [InlineData("DATE", "\"2023-02-29\"")]
    [InlineData("DATE", "\"2023-2-9\"")]
    [InlineData("DATE", "\"0000-01-01\"")]
    [InlineData("DATE", "20230209")]
    [InlineData("TIMESTAMP", "1700000000")]
    [InlineData("TIMESTAMP", "\"2024-01-02T24:00:00\"")]
    [InlineData("TIMESTAMP", "\"2024-01-02T03:04:60\"")]
    [InlineData("TIMESTAMP", "\"2024-01-02T03:04:05.\"")]
    [InlineData("TIMESTAMP", "\"2024-01-02T03:04:05+2\"")]
    [InlineData("TIMESTAMP", "\"2024-01-02T03:04:05Zx\"")]
    [InlineData("TIMESTAMP", "\"2024-01-02T\"")]
    [InlineData("TIMESTAMP", "\"now\"")]
    [InlineData("DECIMAL(4,2)", "100")]
    [InlineData("DECIMAL(4,2)", "99.995")]
    [InlineData("DECIMAL(4,2)", "1e300")]
    [InlineData("DECIMAL(4,2)", "\"1.\\u0030x\"")]
    [InlineData("DECIMAL(4,2)", "\".\"")]
    [InlineData("VARCHAR", "\"\\ud800\"")]
    public async Task Select_ValueThatDoesNotFit_IsSkippedAndNamesItsColumn(string type, string json)
    {
        Register([new("good", "BIGINT"), new("odd", type)], $"{{\"good\": 1, \"odd\": {json}}}", "{\"good\": 2}");

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT good, odd FROM t");

        Assert.Equal([2L, null], Assert.Single(rows));
        var skipped = Assert.Single(_skipped);
        Assert.Equal(0, skipped.Index);
        Assert.StartsWith("column 'odd': ", skipped.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("x")]
    [InlineData("[1]")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{\"v\": 1")]
    [InlineData("{\"v\": 1}{\"v\": 2}")]
    [InlineData("{\"v\": 1} x")]
    [InlineData("{\"v\": 1,}")]
    [InlineData("{\"v\": 01}")]
    [InlineData("{'v': 1}")]
    [InlineData("{\"v\": \"a\nb\"}")]
    [InlineData("{\"other\": [1, {]}")]
    public async Task Select_PayloadThatIsNotOneObject_IsSkipped(string payload)
    {
        Register([new("v", "VARCHAR")], "{\"v\": \"before\"}", payload, "{\"v\": \"after\"}");

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT v FROM t");

        Assert.Equal(["before", "after"], rows.Select(row => row[0]));
        var skipped = Assert.Single(_skipped);
        Assert.Equal(1, skipped.Index);
        Assert.StartsWith("the payload is not ", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Select_TextThatIsNotUtf8_IsSkipped()
    {
        ReadOnlyMemory<byte>[] payloads =
        [
            (byte[])[.. "{\"v\": \""u8, 0xC3, 0x28, .. "\"}"u8],
            (byte[])[.. "{\"v\": {\"x\": \""u8, 0xFF, .. "\"}}"u8],
            (byte[])[.. "{\"v\": \"\\n"u8, 0xFF, .. "\"}"u8],
            (byte[])[.. "{\""u8, 0xFF, .. "\": 1, \"v\": \"good\"}"u8],
        ];
        _session.RegisterTable("t", new JsonRecordTable([new("v", "VARCHAR")], payloads, _skipped.Add));

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT v FROM t");

        Assert.Equal("good", Assert.Single(rows)[0]);
        Assert.Equal([0, 1, 2], _skipped.Select(record => record.Index));
        Assert.All(_skipped, record => Assert.Equal("column 'v': the text is not UTF-8", record.Reason));
    }

    [Fact]
    public async Task Select_MembersInAnyOrderAndCase_GoToTheirColumns()
    {
        Register(
            [new("Player", "VARCHAR"), new("score", "BIGINT"), new("jméno", "VARCHAR")],
            "{\"player\":\"a\",\"score\":1,\"jméno\":\"x\"}",
            "{\"SCORE\":2,\"extra\":{\"score\":9},\"PLAYER\":\"b\"}",
            "{\"jm\\u00e9NO\":\"y\",\"s\\u0063ore\":3}",
            "{}",
            "{\"score\":5,\"Score\":6}",
            "{\"score\":7,\"SCORE\":null}");

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT * FROM t");

        Assert.Empty(_skipped);
        Assert.Equal(
            new object?[][]
            {
                ["a", 1L, "x"], ["b", 2L, null], [null, 3L, "y"], [null, null, null], [null, 6L, null],
                [null, null, null],
            },
            rows);
    }

    [Fact]
    public async Task Select_MoreSpellingsThanAreKept_StillFindsColumns()
    {
        static string More(int number) => string.Concat(Enumerable.Repeat("\"x\":0,", number % 200));
        var payloads = Enumerable.Range(0, 1000)
            .Select(number => $"{{\"k{number}\": 1, {More(number)}\"v\": {number}}}");
        Register([new("v", "BIGINT")], payloads.ToArray());

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT v FROM t");

        Assert.Equal(Enumerable.Range(0, 1000).Select(number => (object?)(long)number), rows.Select(row => row[0]));
    }

    [Fact]
    public async Task Select_ManyWithBadOnesAmong_KeepsOrderAndReportsEachOnce()
    {
        var payloads = Enumerable.Range(0, 10_000)
            .Select(number => number % 7 == 3
                ? "{\"v\": \"bad\", \"s\": 1}"
                : $"{{\"s\": \"s{number}\", \"v\": {number}}}");
        Register([new("v", "BIGINT"), new("s", "VARCHAR")], payloads.ToArray());

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT v, s FROM t");
        var self = await DuckDbFixture.ScalarAsync(_session, "SELECT count(*) FROM t a JOIN t b USING (v)");
        var onlyText = await DuckDbFixture.ScalarAsync(_session, "SELECT count(s) FROM t");

        var good = Enumerable.Range(0, 10_000).Where(number => number % 7 != 3).ToArray();
        Assert.Equal(
            good.Select(number => ((long)number, "s" + number)), rows.Select(row => ((long)row[0]!, (string)row[1]!)));
        Assert.Equal((long)good.Length, self);
        Assert.Equal((long)good.Length, onlyText);
        Assert.Equal(
            Enumerable.Range(0, 10_000).Where(number => number % 7 == 3), _skipped.Select(record => record.Index));
    }

    [Fact]
    public async Task Select_JsonColumn_AnswersJsonFunctions()
    {
        Register([new("v", "JSON")], "{\"v\": {\"a\": {\"b\": [10, 20]}}}");

        Assert.Equal("20", await DuckDbFixture.ScalarAsync(_session, "SELECT v->>'$.a.b[1]' FROM t"));
    }

    [Fact]
    public async Task Copy_ToParquet_RoundTripsEveryType()
    {
        var columns = new DuckDbColumn[]
        {
            new("b", "BOOLEAN"), new("i", "INTEGER"), new("d", "DOUBLE"), new("s", "VARCHAR"), new("day", "DATE"),
            new("t", "TIMESTAMP"), new("z", "TIMESTAMPTZ"), new("m", "DECIMAL(10,2)"),
        };
        Register(columns, """
            {"b":true,"i":1,"d":0.5,"s":"text","day":"2024-01-01","t":"2024-01-01 00:00:01",
             "z":"2024-01-01T01:00:00+01:00","m":1.25}
            """);
        var expected = await DuckDbFixture.RowsAsync(_session, "FROM t");

        await _session.ExecuteAsync(
            $"COPY (FROM t) TO '{_fixture.Lake}/t.parquet' (FORMAT parquet, COMPRESSION zstd)", default);

        Assert.Equal(expected, await DuckDbFixture.RowsAsync(_session, $"FROM '{_fixture.Lake}/t.parquet'"));
        Assert.Equal(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), expected[0][6]);
    }

    [Fact]
    public void New_ColumnTwice_IsRefused()
    {
        var error = Assert.Throws<TarnException>(() => Register([new("a", "BIGINT"), new("A", "BIGINT")]));

        Assert.Equal((ErrorKind.Invalid, "column 'A' is declared twice"), (error.Kind, error.Message));
    }

    public void Dispose()
    {
        _session.Dispose();
        _fixture.Dispose();
    }

    private void Register(DuckDbColumn[] columns, params string[] payloads) => _session.RegisterTable(
        "t",
        new JsonRecordTable(
            columns,
            payloads.Select(payload => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(payload)).ToArray(),
            _skipped.Add));
}
