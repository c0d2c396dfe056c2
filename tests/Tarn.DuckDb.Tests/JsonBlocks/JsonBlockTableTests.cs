using System.Globalization;
using Tarn.DuckDb.JsonBlocks;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.Tests.JsonBlocks;

public sealed class JsonBlockTableTests : IDisposable
{
    private static readonly JsonReading Reading = new() { Times = new IsoTimes() };
    private readonly DuckDbFixture _fixture = new();
    private readonly IDuckDbSession _session;
    private readonly List<Refusal> _refusals = [];

    public JsonBlockTableTests() => _session = _fixture.Database.OpenSession();

    /// <summary>Type, JSON value, and DuckDB's text of what is read.</summary>
    public static TheoryData<string, string, string?> Values => new()
    {
        { "BOOLEAN", "true", "true" },
        { "BOOLEAN", "\"False\"", "false" },
        { "TINYINT", "-128", "-128" },
        { "SMALLINT", "\"32767\"", "32767" },
        { "INTEGER", "1e3", "1000" },
        { "BIGINT", "-9223372036854775808", "-9223372036854775808" },
        { "FLOAT", "1.5", "1.5" },
        { "FLOAT", "\"-Infinity\"", "-inf" },
        { "DOUBLE", "\"NaN\"", "nan" },
        { "DOUBLE", "1e300", "1e+300" },
        { "DECIMAL(4,2)", "-99.994", "-99.99" },
        { "DECIMAL(9,3)", "\"123456.7895\"", "123456.790" },
        { "DECIMAL(18,0)", "123456789012345678", "123456789012345678" },
        { "DECIMAL(38,10)", "1234567890123456789012345678.0123456789", "1234567890123456789012345678.0123456789" },
        { "DECIMAL(38,0)", "-99999999999999999999999999999999999999", "-99999999999999999999999999999999999999" },
        { "DECIMAL(20,2)", "1e-3", "0.00" },
        { "DECIMAL(20,2)", "0.005", "0.01" },
        { "DECIMAL(20,2)", "-1.5E+3", "-1500.00" },
        { "DECIMAL(38,38)", "0.000", ".00000000000000000000000000000000000000" },
        { "VARCHAR", "\"\"", "" },
        { "VARCHAR", "\"twelve bytes\"", "twelve bytes" },
        { "VARCHAR", "\"thirteen byte\"", "thirteen byte" },
        { "VARCHAR", "\"\\u00e9\\n and some more text\\ud83d\\ude00\"", "é\n and some more text😀" },
        { "VARCHAR", "1.50", "1.50" },
        { "VARCHAR", "{ \"a\" : [1, \"x y\\\" z\"] }", "{\"a\":[1,\"x y\\\" z\"]}" },
        { "VARCHAR(3)", "\"ěšč\"", "ěšč" },
        { "BLOB", "\"AP8=\"", "\\x00\\xFF" },
        { "BLOB", "\"YSBsb25nZXIgdGV4dCB0aGFuIHR3ZWx2ZQ==\"", "a longer text than twelve" },
        { "DATE", "\"2024-02-29\"", "2024-02-29" },
        { "TIMESTAMP", "\"2024-01-02T03:04:05.678Z\"", "2024-01-02 03:04:05.678" },
        { "INTEGER[]", "[]", "[]" },
        { "INTEGER[]", "[1, null, 3]", "[1, NULL, 3]" },
        { "VARCHAR[][]", "[[\"a\"], null, [], [null, \"b\"]]", "[[a], NULL, [], [NULL, b]]" },
        { "STRUCT(\"a\" INTEGER, \"B c\" VARCHAR)", "{\"b C\": \"x\", \"z\": [1]}", "{'a': NULL, 'B c': x}" },
        { "STRUCT(a STRUCT(b TINYINT[]))", "{\"a\": {\"b\": [1, 2]}}", "{'a': {'b': [1, 2]}}" },
        { "STRUCT(a STRUCT(b TINYINT[]))", "{\"a\": null}", "{'a': NULL}" },
        { "MAP(VARCHAR, BIGINT)", "{}", "{}" },
        { "MAP(VARCHAR, BIGINT)", "{\"x\": 1, \"y\\u0020z\": null}", "{x=1, y z=NULL}" },
        { "MAP(VARCHAR, STRUCT(v DOUBLE)[])", "{\"k\": [{\"v\": 1}, {}]}", "{k=[{'v': 1.0}, {'v': NULL}]}" },
        { "BIGINT", "null", null },
        { "STRUCT(a INTEGER)", "null", null },
        { "INTEGER[]", "null", null },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Select_Value_ReadsAsItsColumnsType(string type, string json, string? expected)
    {
        Register([new("v", type)], Reading, 2, $"{{\"v\": {json}}}", "{}");

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT v::VARCHAR FROM t");

        Assert.Empty(_refusals);
        Assert.Equal([expected, null], rows.Select(row => row[0]));
    }

    [Theory]
    [InlineData("TINYINT", "128")]
    [InlineData("SMALLINT", "-32769")]
    [InlineData("INTEGER", "1.5")]
    [InlineData("INTEGER", "\"010\"")]
    [InlineData("BIGINT", "true")]
    [InlineData("BIGINT", "{\"a\": [1]}")]
    [InlineData("FLOAT", "1e39")]
    [InlineData("DOUBLE", "1e999")]
    [InlineData("DOUBLE", "\"\"")]
    [InlineData("DECIMAL(4,2)", "100")]
    [InlineData("DECIMAL(38,0)", "100000000000000000000000000000000000000")]
    [InlineData("DECIMAL(38,1)", "10000000000000000000000000000000000000")]
    [InlineData("DECIMAL(20,2)", "\"1.2.3\"")]
    [InlineData("DECIMAL(20,2)", "\".\"")]
    [InlineData("DECIMAL(20,2)", "\"1e\"")]
    [InlineData("DECIMAL(20,2)", "1e30")]
    [InlineData("VARCHAR", "\"\\ud800\"")]
    [InlineData("VARCHAR(3)", "\"abcd\"")]
    [InlineData("BLOB", "\"no-base64!\"")]
    [InlineData("DATE", "\"2023-02-29\"")]
    [InlineData("INTEGER[]", "1")]
    [InlineData("INTEGER[]", "[1, \"x\"]")]
    [InlineData("INTEGER[][]", "[[1, 2], [3, false]]")]
    [InlineData("STRUCT(a INTEGER)", "[1]")]
    [InlineData("STRUCT(a INTEGER)", "{\"a\": 1, \"A\": 2}")]
    [InlineData("STRUCT(a INTEGER[], b INTEGER)", "{\"a\": [1, 2, 3], \"b\": \"x\"}")]
    [InlineData("MAP(VARCHAR, INTEGER)", "{\"a\": 1, \"a\": 2}")]
    [InlineData("MAP(VARCHAR, INTEGER)", "{\"a\": 1, \"\\u0061\": 2}")]
    [InlineData("MAP(VARCHAR, INTEGER)", "{\"a\": 1, \"b\": \"x\"}")]
    public async Task Select_ValueThatDoesNotFit_FailsItsPayloadOnly(string type, string json)
    {
        var good = type switch
        {
            _ when type.EndsWith("[][]", StringComparison.Ordinal) => "[[7], []]",
            _ when type.EndsWith("[]", StringComparison.Ordinal) => "[7, 8]",
            "STRUCT(a INTEGER)" => "{\"a\": 7}",
            "STRUCT(a INTEGER[], b INTEGER)" => "{\"a\": [7], \"b\": 8}",
            "MAP(VARCHAR, INTEGER)" => "{\"k\": 7}",
            _ => "null",
        };
        Register(
            [new("n", "INTEGER"), new("odd", type), new("s", "VARCHAR")],
            Reading,
            10,
            $"{{\"n\": 1, \"odd\": {good}}}",
            $"{{\"n\": 2, \"s\": \"before the odd one\", \"odd\": {json}}}",
            $"{{\"n\": 3, \"odd\": {good}, \"s\": \"after the odd one\"}}");

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT n, odd::VARCHAR, s FROM t");

        Assert.Equal([1, 3], rows.Select(row => row[0]));
        Assert.Equal(rows[0][1], rows[1][1]);
        Assert.Equal([null, "after the odd one"], rows.Select(row => row[2]));
        var refusal = Assert.Single(_refusals);
        Assert.Equal((RefusalKind.Unfit, "odd"), (refusal.Kind, refusal.Column));
    }

    [Theory]
    [InlineData("INTEGER", "\"12\"")]
    [InlineData("DOUBLE", "\"1.5\"")]
    [InlineData("BOOLEAN", "\"true\"")]
    [InlineData("VARCHAR", "{\"inner\": 1}")]
    [InlineData("VARCHAR", "[1]")]
    public async Task Select_StrictReading_RefusesWhatLenientTakes(string type, string json)
    {
        foreach (var isLenient in new[] { true, false })
        {
            _refusals.Clear();
            Register([new("v", type)], Reading with { IsLenient = isLenient }, 1, $"{{\"v\": {json}}}");

            var rows = await DuckDbFixture.RowsAsync(_session, "SELECT v FROM t");

            Assert.Equal((isLenient ? 1 : 0, isLenient ? 0 : 1), (rows.Count, _refusals.Count));
        }
    }

    [Theory]
    [InlineData("", RefusalKind.Empty)]
    [InlineData(" \n", RefusalKind.Empty)]
    [InlineData("{\"v\": 1", RefusalKind.Malformed)]
    [InlineData("{\"v\": 1}}", RefusalKind.Malformed)]
    [InlineData("hello", RefusalKind.Malformed)]
    [InlineData("{\"v\": 1}{\"v\": tru}", RefusalKind.Malformed)]
    [InlineData("{\"x\": \"\uFFFF\"}", RefusalKind.Malformed)]
    [InlineData("[{\"v\": 1}]", RefusalKind.NotAnObject)]
    [InlineData("17", RefusalKind.NotAnObject)]
    [InlineData("null", RefusalKind.NotAnObject)]
    [InlineData("{\"v\": 1} 2", RefusalKind.NotAnObject)]
    [InlineData("{\"v\": 1}{\"v\": \"x\"}", RefusalKind.Unfit)]
    [InlineData("{\"v\": 1, \"V\": 2}", RefusalKind.Unfit)]
    public async Task Select_PayloadThatIsNotObjects_IsToldApart(string payload, RefusalKind kind)
    {
        Register([new("v", "INTEGER")], Reading, 10, "{\"v\": 1}", payload, "{\"v\": 2}");

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT v FROM t");

        Assert.Equal([1, 2], rows.Select(row => row[0]));
        Assert.Equal(kind, Assert.Single(_refusals).Kind);
    }

    [Fact]
    public async Task Select_SeveralObjectsInAPayload_AreRowsInOrder()
    {
        Register([new("v", "INTEGER")], Reading, 10, "{\"v\":1}{\"v\":2}", "{\"v\":3}\n {\"v\":4} ", "{\"v\":5}");

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT v FROM t");

        Assert.Equal([1, 2, 3, 4, 5], rows.Select(row => row[0]));
    }

    [Fact]
    public async Task Select_MembersInAnyOrderAndSpacing_AreFound()
    {
        string[] payloads =
        [
            """{"a":1,"b":{"x":1,"y":2},"c":"3"}""",
            """{"a":1,"b":{"x":1,"y":2},"c":"3"}""",
            """ { "a" : 1 , "b" : { "x" : 1 , "y" : 2 } , "c" : "3" } """,
            """{"c":"3","b":{"y":2,"x":1},"a":1}""",
            """{"a":1,"d":{"x":[1]},"b":{"x":1,"xx":5,"y":2},"e":[{}],"c":"3"}""",
            """{"\u0061":1,"b":{"x":1,"y":2},"c":"3"}""",
        ];
        string[] broken = ["""{"a":1"b":{}}""", """{"a":1,,"b":{}}""", """{,"a":1}""", """{"a":1,}""", """{"a":"""];
        Register(
            [new("a", "INTEGER"), new("b", "STRUCT(x INTEGER, y INTEGER)"), new("c", "VARCHAR")],
            Reading, 100, payloads.SelectMany(payload => broken.Prepend(payload)).ToArray());

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT a, b.x, b.y, c FROM t");

        Assert.Equal(payloads.Length, rows.Count);
        Assert.All(rows, row => Assert.Equal([1, 1, 2, "3"], row));
        Assert.Equal(payloads.Length * broken.Length, _refusals.Count);
        Assert.All(_refusals, refusal => Assert.Equal(RefusalKind.Malformed, refusal.Kind));
    }

    [Fact]
    public async Task Select_TooManyObjectsInAPayload_IsRefused()
    {
        Register(
            [new("v", "INTEGER")], Reading, 10,
            string.Concat(Enumerable.Repeat("{}", 10_000)), string.Concat(Enumerable.Repeat("{}", 10_001)));

        Assert.Equal(10_000L, await DuckDbFixture.ScalarAsync(_session, "SELECT count(*) FROM t"));
        Assert.Contains("10000 objects", Assert.Single(_refusals).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Select_ManyBlocksWithNestedValues_KeepsOrderAndNulls(int workers)
    {
        const int Count = 50_000;
        var payloads = Enumerable.Range(0, Count)
            .SelectMany(index => index % 8 == 7 ? [Nested(index), Broken(index)] : new[] { Nested(index) })
            .ToArray();
        using var source = new ListSource(payloads, 3001);
        Register(
            [new("n", "BIGINT"), new("l", "VARCHAR[]"), new("s", "STRUCT(x INTEGER, m MAP(VARCHAR, INTEGER[]))")],
            Reading, source, workers);

        var rows = await DuckDbFixture.RowsAsync(_session, """
            SELECT n, l IS NULL, len(l), l[1], l[2], s IS NULL, s.x, len(map_keys(s.m)), s.m['k0'] FROM t
            """);

        Assert.Equal(Count, rows.Count);
        for (var index = 0; index < Count; index++)
        {
            var row = rows[index];
            Assert.Equal((long)index, row[0]);
            var items = index % 5;
            Assert.Equal(items == 4, row[1]);
            Assert.Equal(items == 4 ? null : (long)items, row[2]);
            Assert.Equal(items is 0 or 4 ? null : $"first text of row {index}", row[3]);
            Assert.Null(row[4]);
            Assert.Equal(index % 7 == 0, row[5]);
            Assert.Equal(index % 7 == 0 || index % 2 == 0 ? null : index, row[6]);
            Assert.Equal(index % 7 == 0 ? null : (long)(index % 3), row[7]);
        }

        Assert.Equal(Count / 8, _refusals.Count);
        Assert.True(source.IsDisposed);
    }

    [Theory]
    [InlineData("STRUCT(a INTEGER")]
    [InlineData("MAP(INTEGER, VARCHAR)")]
    [InlineData("INTEGER[")]
    [InlineData("HUGEINT")]
    [InlineData("DECIMAL(39,1)")]
    [InlineData("VARCHAR(0)")]
    public void CheckColumns_TypeThatCannotBeRead_IsRefused(string type)
    {
        var failure = Assert.Throws<TarnException>(() => JsonBlockTable.CheckColumns([new("v", type)], Reading));

        Assert.Contains(failure.Kind, new[] { ErrorKind.Invalid, ErrorKind.Unsupported });
    }

    [Fact]
    public async Task Select_Keys_AreFoundAsTheReadingSays()
    {
        DuckDbColumn[] columns = [new("a_b", "INTEGER"), new("ts", "INTEGER"), new("low", "STRUCT(in_ner INTEGER)")];
        const string Payload = """{"a.b": 1, "Timestamp": 2, "LOW": {"In.Ner": 3}, "other": 4, "other": 5}""";
        var keys = new Dictionary<string, string> { ["ts"] = "timestamp" };
        var loose = Reading with { DotsAreUnderscores = true, Keys = keys };

        Register(columns, loose, 1, Payload);
        Assert.Equal([1, 2, 3], (await DuckDbFixture.RowsAsync(_session, "SELECT a_b, ts, low.in_ner FROM t"))[0]);
        Register(columns, loose with { IgnoresCase = false }, 1, Payload);
        Assert.Equal([1, null, null], (await DuckDbFixture.RowsAsync(_session, "SELECT a_b, ts, low FROM t"))[0]);
        var table = Register(columns, Reading, 1, Payload);
        Assert.Equal(
            [null, null, null], (await DuckDbFixture.RowsAsync(_session, "SELECT a_b, ts, low.in_ner FROM t"))[0]);

        Assert.Equal(["Timestamp", "a.b", "other"], table.UnknownNames);
    }

    [Fact]
    public async Task Select_SourceThatFails_ThrowsWhatItThrew()
    {
        var payloads = Enumerable.Range(0, 10_000).Select(number => $"{{\"v\": {number}}}").ToArray();
        var fault = new TarnException(ErrorKind.Damaged, "the file ends within a record");
        using var source = new ListSource(payloads, 500) { Fault = (5000, fault) };
        Register([new("v", "INTEGER")], Reading, source, workers: 2);

        var failure = await Assert.ThrowsAsync<TarnException>(
            () => DuckDbFixture.ScalarAsync(_session, "SELECT sum(v) FROM t"));

        Assert.Equal((ErrorKind.Damaged, fault.Message), (failure.Kind, failure.Message));
        Assert.True(source.IsDisposed);
    }

    [Fact]
    public async Task Select_Cancelled_StopsReadingTheSource()
    {
        var payloads = Enumerable.Repeat("{\"v\": 1}x", 200_000).ToArray();
        using var cancellation = new CancellationTokenSource();
        using var source = new ListSource(payloads, 100);
        var table = new JsonBlockTable(
            [new("v", "INTEGER")], Reading, source, (_, _, _) => cancellation.Cancel(), 2, cancellation.Token);
        _session.RegisterTable("t", table);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _session.ExecuteAsync(
                $"COPY t TO '{_fixture.Lake}/cancelled.csv'", cancellation.Token));

        Assert.True(source.IsDisposed);
        Assert.True(source.Read < payloads.Length);
    }

    public void Dispose()
    {
        _session.Dispose();
        _fixture.Dispose();
    }

    private static string Nested(int index)
    {
        var items = index % 5;
        var list = items == 4
            ? "null"
            : "[" + string.Join(',', Enumerable.Range(0, items)
                .Select(item => item == 0 ? $"\"first text of row {index}\"" : "null")) + "]";
        var map = string.Join(',', Enumerable.Range(0, index % 3).Select(key => $"\"k{key}\":[{index}]"));
        var x = index % 2 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\"x\":{index},");
        var parts = index % 7 == 0 ? "" : $",\"s\":{{{x}\"m\":{{{map}}}}}";
        return $"{{\"n\":{index},\"l\":{list}{parts}}}";
    }

    /// <summary>Fails after parts of it have been added.</summary>
    private static string Broken(int index) =>
        $"{{\"l\":[\"a\",\"b\",null],\"s\":{{\"m\":{{\"k0\":[{index},2],\"k1\":[3,false]}}}}}}";

    private JsonBlockTable Register(
        DuckDbColumn[] columns, JsonReading reading, int perBlock, params string[] payloads) =>
        Register(columns, reading, new ListSource(payloads, perBlock), workers: 2);

    private JsonBlockTable Register(DuckDbColumn[] columns, JsonReading reading, IPayloadSource source, int workers)
    {
        var table = new JsonBlockTable(
            columns, reading, source, (_, _, refusal) => _refusals.Add(refusal), workers, CancellationToken.None);
        _session.RegisterTable("t", table);
        return table;
    }
}
