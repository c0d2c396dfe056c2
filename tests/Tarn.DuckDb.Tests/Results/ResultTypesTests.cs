using System.Numerics;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.Tests.Results;

public sealed class ResultTypesTests : IDisposable
{
    private readonly DuckDbFixture _fixture = new();

    public static TheoryData<string, string, object?> Scalars => new()
    {
        { "true", "BOOLEAN", true },
        { "(-1)::TINYINT", "TINYINT", (sbyte)-1 },
        { "2::SMALLINT", "SMALLINT", (short)2 },
        { "3", "INTEGER", 3 },
        { "4::BIGINT", "BIGINT", 4L },
        { "255::UTINYINT", "UTINYINT", (byte)255 },
        { "65535::USMALLINT", "USMALLINT", (ushort)65535 },
        { "4294967295::UINTEGER", "UINTEGER", 4294967295u },
        { "18446744073709551615::UBIGINT", "UBIGINT", ulong.MaxValue },
        { "(-170141183460469231731687303715884105727)::HUGEINT", "HUGEINT",
            BigInteger.Parse("-170141183460469231731687303715884105727") },
        { "340282366920938463463374607431768211455::UHUGEINT", "UHUGEINT",
            BigInteger.Parse("340282366920938463463374607431768211455") },
        { "1.5::FLOAT", "FLOAT", 1.5f },
        { "2.5::DOUBLE", "DOUBLE", 2.5 },
        { "'short'", "VARCHAR", "short" },
        { "'a text of more than twelve bytes: é'", "VARCHAR", "a text of more than twelve bytes: é" },
        { "''", "VARCHAR", "" },
        { "'\\x00\\xFF'::BLOB", "BLOB", new byte[] { 0, 255 } },
        { "'0101100111'::BIT", "BIT", "0101100111" },
        { "1.25::DECIMAL(4,2)", "DECIMAL(4,2)", 1.25m },
        { "-1.25::DECIMAL(9,2)", "DECIMAL(9,2)", -1.25m },
        { "123456789012.345678::DECIMAL(18,6)", "DECIMAL(18,6)", 123456789012.345678m },
        { "-1234567890123456789012345.67::DECIMAL(38,2)", "DECIMAL(38,2)", -1234567890123456789012345.67m },
        { "2::DECIMAL(38,30)", "DECIMAL(38,30)", 2m },
        { "DATE '2024-02-29'", "DATE", new DateOnly(2024, 2, 29) },
        { "DATE '0001-01-01'", "DATE", DateOnly.MinValue },
        { "TIME '12:34:56.789012'", "TIME", new TimeOnly(12, 34, 56, 789, 12) },
        { "'12:34:56.5-02:30'::TIMETZ", "TIME WITH TIME ZONE", "12:34:56.500000-02:30" },
        { "TIMESTAMP '1969-12-31 23:59:59.999999'", "TIMESTAMP",
            new DateTime(1969, 12, 31, 23, 59, 59, 999, 999) },
        { "TIMESTAMPTZ '2024-01-01 12:00:00+02'", "TIMESTAMP WITH TIME ZONE",
            new DateTime(2024, 1, 1, 10, 0, 0, DateTimeKind.Utc) },
        { "'2024-01-01 12:00:01'::TIMESTAMP_S", "TIMESTAMP_S", new DateTime(2024, 1, 1, 12, 0, 1) },
        { "'2024-01-01 12:00:01.5'::TIMESTAMP_MS", "TIMESTAMP_MS", new DateTime(2024, 1, 1, 12, 0, 1, 500) },
        { "'2024-01-01 12:00:00.0000019'::TIMESTAMP_NS", "TIMESTAMP_NS",
            new DateTime(2024, 1, 1, 12, 0, 0).AddTicks(19) },
        { "INTERVAL '26 hours'", "INTERVAL", TimeSpan.FromHours(26) },
        { "INTERVAL '3 days'", "INTERVAL", TimeSpan.FromDays(3) },
        { "INTERVAL '14 months'", "INTERVAL", new DuckDbInterval(14, 0, 0) },
        { "'4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'::UUID", "UUID", Guid.Parse("4ac7a9e9-607c-4c8a-84f3-843f0191e3fd") },
        { "'b'::ENUM('a', 'b')", "ENUM('a', 'b')", "b" },
        { "'{\"a\": 1}'::JSON", "JSON", "{\"a\": 1}" },
        { "NULL::VARCHAR", "VARCHAR", null },
        { "NULL::INTEGER[]", "INTEGER[]", null },
        { "union_value(text := 'x')::UNION(number INTEGER, text VARCHAR)",
            "UNION(\"number\" INTEGER, \"text\" VARCHAR)", "x" },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public async Task GetValue_OfType_ReturnsItsValue(string expression, string type, object? expected)
    {
        using var session = _fixture.Database.OpenSession();

        using var result = await session.QueryAsync($"SELECT {expression} AS value", CancellationToken.None);

        Assert.Equal(new DuckDbColumn("value", type), Assert.Single(result.Columns));
        Assert.True(result.Read());
        Assert.Equal(expected, result.GetValue(0));
        if (expected is DateTime time)
        {
            Assert.Equal(time.Kind, ((DateTime)result.GetValue(0)!).Kind);
        }

        Assert.False(result.Read());
    }

    [Fact]
    public async Task GetValue_OfNestedTypes_ReturnsTheirMembers()
    {
        using var session = _fixture.Database.OpenSession();

        var row = (await DuckDbFixture.RowsAsync(session, """
            SELECT [1, NULL, 3], [['a'], []], {'a': 1, 'b': ['x', NULL]}, MAP {'k': 1, 'l': NULL}, [1, 2]::INTEGER[2],
                   [{'t': DATE '2024-01-01'}]
            """)).Single();

        Assert.Equal(new object?[] { 1, null, 3 }, row[0]);
        Assert.Equal(new object?[] { new object?[] { "a" }, Array.Empty<object?>() }, row[1]);
        var structure = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(row[2]);
        Assert.Equal(["a", "b"], structure.Keys);
        Assert.Equal(new object?[] { "x", null }, structure["b"]);
        var map = Assert.IsAssignableFrom<IReadOnlyList<KeyValuePair<object, object?>>>(row[3]);
        Assert.Equal([new("k", 1), new("l", null)], map);
        Assert.Equal(new object?[] { 1, 2 }, row[4]);
        var nested = Assert.IsAssignableFrom<IReadOnlyList<object?>>(row[5])[0];
        var inner = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(nested);
        Assert.Equal(new DateOnly(2024, 1, 1), inner["t"]);
    }

    [Fact]
    public async Task GetValue_OfNestedTypesAcrossChunks_StaysWithItsRow()
    {
        using var session = _fixture.Database.OpenSession();

        using var result = await session.QueryAsync(
            """
            SELECT i, CASE WHEN i % 3 = 0 THEN NULL ELSE [i, i + 1] END,
                   {'s': 'a long string number ' || i}, MAP {i: i::VARCHAR}
            FROM range(5000) t(i)
            """,
            CancellationToken.None);

        var expected = 0L;
        for (; result.Read(); expected++)
        {
            Assert.Equal(expected, result.GetValue(0));
            Assert.Equal(expected % 3 == 0 ? null : new object?[] { expected, expected + 1 }, result.GetValue(1));
            var structure = (IReadOnlyDictionary<string, object?>)result.GetValue(2)!;
            Assert.Equal("a long string number " + expected, structure["s"]);
            var pair = ((IReadOnlyList<KeyValuePair<object, object?>>)result.GetValue(3)!).Single();
            Assert.Equal(expected.ToString(), pair.Value);
        }

        Assert.Equal(5000, expected);
    }

    [Theory]
    [InlineData("99999999999999999999999999999999999999::DECIMAL(38,0)", "99999999999999999999999999999999999999")]
    [InlineData("'-0.12345678901234567890123456789'::DECIMAL(38,29)", "-0.12345678901234567890123456789")]
    [InlineData("'1234567890123456789012345678901.0000001'::DECIMAL(38,7)", "1234567890123456789012345678901.0000001")]
    public async Task GetValue_DecimalOfMoreThan28Digits_IsItsText(string expression, string text)
    {
        using var session = _fixture.Database.OpenSession();
        using var result = await session.QueryAsync($"SELECT {expression} AS wide", CancellationToken.None);
        result.Read();

        Assert.Equal(text, result.GetValue(0));
    }

    [Theory]
    [InlineData("DATE 'infinity'")]
    [InlineData("TIMESTAMP 'infinity'")]
    [InlineData("TIME '24:00:00'")]
    public async Task GetValue_OutsideItsDotNetType_NamesTheColumn(string expression)
    {
        using var session = _fixture.Database.OpenSession();
        using var result = await session.QueryAsync($"SELECT {expression} AS odd", CancellationToken.None);
        result.Read();

        var error = Assert.Throws<TarnException>(() => result.GetValue(0));

        Assert.Equal(ErrorKind.Unsupported, error.Kind);
        Assert.Contains("'odd'", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _fixture.Dispose();
}
