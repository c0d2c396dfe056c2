using System.Numerics;
using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Functions;

namespace Tarn.DuckDb.Tests.NativeFunctions;

/// <summary>C# functions as SQL sees them.</summary>
public sealed class ScalarFunctionTests : IDisposable
{
    private static readonly IReadOnlyList<ScalarFunction> Functions =
    [
        new("t_not", ["BOOLEAN"], "BOOLEAN", row => row.SetBoolean(!row.GetBoolean(0))),
        new("t_int", ["INTEGER"], "INTEGER", row => row.SetInt32(row.GetInt32(0) + 1)),
        new("t_big", ["BIGINT", "BIGINT"], "BIGINT", row => row.SetInt64(row.GetInt64(0) + row.GetInt64(1))),
        new("t_huge", ["HUGEINT"], "HUGEINT", row => row.SetInt128(row.GetInt128(0) * 2)),
        new("t_wide", ["DECIMAL(38,2)"], "DECIMAL(38,2)", row => row.SetInt128(row.GetInt128(0) + 1)),
        new("t_float", ["FLOAT"], "FLOAT", row => row.SetSingle(row.GetSingle(0) / 2)),
        new("t_double", ["DOUBLE"], "DOUBLE", row => row.SetDouble(row.GetDouble(0) / 2)),
        new("t_text", ["VARCHAR"], "VARCHAR", row => row.SetText(row.GetText(0) + "!")),
        new("t_blob", ["BLOB"], "BLOB", row => row.SetBytes(row.GetBytes(0)[1..])),
        new("t_date", ["DATE"], "DATE", row => row.SetInt32(row.GetInt32(0) + 1)),
        new("t_time", ["TIMESTAMP"], "TIMESTAMP", row => row.SetInt64(row.GetInt64(0) + 1)),
        new("t_zoned", ["TIMESTAMPTZ"], "TIMESTAMPTZ", row => row.SetInt64(row.GetInt64(0) + 1)),
        new("t_join", ["VARCHAR[]"], "VARCHAR", Join),
        new("t_letters", ["VARCHAR"], "VARCHAR[]", Letters),
        new("t_nested", ["BIGINT"], "BIGINT[][]", Nested),
        new("t_sum", ["BIGINT[][]"], "BIGINT", Sum),
        new("t_count", ["VARCHAR"], "BIGINT", row => row.SetInt64(row.Count)) { IsVariadic = true, TakesNull = true },
        new("t_null", ["BIGINT"], "BOOLEAN", row => row.SetBoolean(row.IsNull(0))) { TakesNull = true },
        new("t_nothing", ["BIGINT"], "BIGINT", _ => { }),
        new("t_fail", ["BIGINT"], "BIGINT", Fail),
        new("t_break", ["BIGINT"], "BIGINT", _ => throw new InvalidOperationException("broken")),
        new("t_wrong", ["BIGINT"], "BIGINT", row => row.SetInt32(1)),
        new("t_misread", ["BIGINT"], "BIGINT", row => row.SetInt64(row.GetInt32(0))),
        new("t_next", [], "BIGINT", row => row.SetInt64(Interlocked.Increment(ref _calls))) { IsVolatile = true },
    ];

    private static long _calls;

    private readonly DuckDbFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("t_not(true)", "false")]
    [InlineData("t_int(41::INTEGER)", "42")]
    [InlineData("t_big(1, 2)", "3")]
    [InlineData("t_big(1, NULL)", "NULL")]
    [InlineData("t_huge(85070591730234615865843651857942052863::HUGEINT)", "170141183460469231731687303715884105726")]
    [InlineData("t_wide(-0.01::DECIMAL(38,2))", "0.00")]
    [InlineData("t_float(3::FLOAT)", "1.5")]
    [InlineData("t_double(3)", "1.5")]
    [InlineData("t_text('')", "!")]
    [InlineData("t_text('a longer text than twelve bytes: ü€')", "a longer text than twelve bytes: ü€!")]
    [InlineData("t_blob('abc'::BLOB)", "bc")]
    [InlineData("t_blob('a'::BLOB)", "")]
    [InlineData("t_date(DATE '2026-12-31')", "2027-01-01")]
    [InlineData("t_time(TIMESTAMP '1969-12-31 23:59:59.999999')", "1970-01-01 00:00:00")]
    [InlineData("t_zoned(TIMESTAMPTZ '2026-01-01 00:00:00+00')", "2026-01-01 00:00:00.000001+00")]
    [InlineData("t_join(['a', NULL, 'ccc'])", "a,~,ccc")]
    [InlineData("t_join([]::VARCHAR[])", "")]
    [InlineData("t_join(NULL)", "NULL")]
    [InlineData("t_join(list_reverse(['a', 'b', 'c']))", "c,b,a")]
    [InlineData("t_join(list_sort(['b', NULL, 'a']))", "a,b,~")]
    [InlineData("t_join(list_slice(['a', 'b', 'c'], 2, 3))", "b,c")]
    [InlineData("t_join(list_filter(['a', 'b', 'c'], lambda x: x <> 'b'))", "a,c")]
    [InlineData("t_letters('a-c')", "[a, NULL, c]")]
    [InlineData("t_letters('')", "[]")]
    [InlineData("t_nested(3)", "[[], [0], [0, 1]]")]
    [InlineData("t_sum(t_nested(4))", "4")]
    [InlineData("t_count()", "0")]
    [InlineData("t_count('a', NULL, 'c')", "3")]
    [InlineData("t_null(NULL)", "true")]
    [InlineData("t_nothing(1)", "NULL")]
    [InlineData("TRY(t_fail(-1))", "NULL")]
    [InlineData("TRY(t_fail(1))", "1")]
    [InlineData("CASE WHEN false THEN t_fail(-1) ELSE 7 END", "7")]
    public async Task Call_OneRow_GivesTheValue(string call, string expected)
    {
        using var session = Open();
        var sql = $"SELECT CAST({call} AS VARCHAR)";
        Assert.Equal(expected, await DuckDbFixture.ScalarAsync(session, sql) ?? "NULL");
    }

    [Fact]
    public async Task Call_ManyRows_KeepsNullsAndLists()
    {
        using var session = Open();
        var rows = await DuckDbFixture.RowsAsync(
            session,
            """
            SELECT count(*), count(t_text(s)),
                sum(length(t_text(s))), sum(len(t_letters(s))),
                sum(t_sum(t_nested(i % 5))),
                bool_and(replace(t_join(list_reverse(t_letters(s))), ',', '') = reverse(s)),
                bool_and(replace(t_join(list_sort(t_letters(s))), ',', '') = list_aggregate(list_sort(
                    string_split(s, '')), 'string_agg', '')),
                count(DISTINCT t_next())
            FROM (SELECT i, CASE WHEN i % 3 > 0 THEN repeat('x', CAST(i % 40 AS INTEGER)) || i END AS s
                FROM range(10000) r(i)), (SELECT 1)
            """);
        var letters = Enumerable.Range(0, 10000).Where(i => i % 3 > 0)
            .Sum(i => (i % 40) + i.ToString(System.Globalization.CultureInfo.InvariantCulture).Length);
        var inner = Enumerable.Range(0, 10000).Sum(i => new[] { 0, 0, 0, 1, 4 }[i % 5]);
        Assert.Equal(10000L, rows[0][0]);
        Assert.Equal(6666L, rows[0][1]);
        Assert.Equal(new BigInteger(letters + 6666), rows[0][2]);
        Assert.Equal(new BigInteger(letters), rows[0][3]);
        Assert.Equal(new BigInteger(inner), rows[0][4]);
        Assert.Equal(true, rows[0][5]);
        Assert.Equal(true, rows[0][6]);
        Assert.Equal(10000L, rows[0][7]);
    }

    [Fact]
    public async Task Call_ConditionalInRows_SeesOnlyItsRows()
    {
        using var session = Open();
        var sum = await DuckDbFixture.ScalarAsync(
            session, "SELECT sum(CASE WHEN i % 2 = 0 THEN t_fail(i) ELSE 0 END) FROM range(-1, 5001, 2) r(j), "
                + "(SELECT 1), LATERAL (SELECT abs(j) + 1 AS i) WHERE i < 10");
        Assert.Equal(new BigInteger(2 + 2 + 4 + 6 + 8), sum);
    }

    [Theory]
    [InlineData("t_fail(-1)", "INVALID_FUNCTION_ARGUMENT", "INVALID_FUNCTION_ARGUMENT: -1 is too small. try 0")]
    [InlineData("t_fail(i - 5000)", "INVALID_FUNCTION_ARGUMENT", "too small")]
    [InlineData("t_break(1)", "GENERIC_INTERNAL_ERROR", "GENERIC_INTERNAL_ERROR: broken")]
    [InlineData("t_wrong(1)", "GENERIC_INTERNAL_ERROR", "the result has type BIGINT")]
    [InlineData("t_misread(1)", "GENERIC_INTERNAL_ERROR", "argument 0 of t_misread has type BIGINT")]
    public async Task Call_Throws_IsTheStatementsErrorWithItsCode(string call, string code, string message)
    {
        using var session = Open();
        var failure = await Assert.ThrowsAsync<TarnException>(
            () => DuckDbFixture.RowsAsync(session, $"SELECT {call} FROM range(10000) r(i)"));
        Assert.Equal(code, failure.Code);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Equal(3L, await DuckDbFixture.ScalarAsync(session, "SELECT t_big(1, 2)"));
    }

    [Fact]
    public async Task Register_InManySessionsAtOnce_IsDoneOnce()
    {
        var sums = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            using var session = Open();
            return (long)(await DuckDbFixture.ScalarAsync(session, $"SELECT t_big({i}, 1)"))!;
        })));
        Assert.Equal(Enumerable.Range(1, 16).Sum(), sums.Sum());
    }

    private IDuckDbSession Open()
    {
        var session = _fixture.Database.OpenSession();
        session.RegisterFunctions(Functions);
        return session;
    }

    private static void Join(FunctionRow row)
    {
        var list = row.GetList(0);
        row.SetText(string.Join(
            ",", Enumerable.Range(0, list.Count).Select(at => list.IsNull(at) ? "~" : list.GetText(at))));
    }

    private static void Letters(FunctionRow row)
    {
        var text = Encoding.UTF8.GetString(row.GetBytes(0));
        row.SetList(text.Length, (cell, at) =>
        {
            if (text[at] != '-')
            {
                cell.SetText(text[at].ToString());
            }
        });
    }

    private static void Nested(FunctionRow row) => row.SetList(
        (int)row.GetInt64(0), (inner, at) => inner.SetList(at, (cell, value) => cell.SetInt64(value)));

    private static void Sum(FunctionRow row)
    {
        var sum = 0L;
        var lists = row.GetList(0);
        for (var at = 0; at < lists.Count; at++)
        {
            var list = lists.GetList(at);
            for (var i = 0; i < list.Count; i++)
            {
                sum += list.GetInt64(i);
            }
        }

        row.SetInt64(sum);
    }

    private static void Fail(FunctionRow row)
    {
        if (row.GetInt64(0) < 0)
        {
            throw new TarnException(ErrorKind.Invalid, $"{row.GetInt64(0)} is too small", hint: "try 0")
            {
                Code = "INVALID_FUNCTION_ARGUMENT",
            };
        }

        row.SetInt64(row.GetInt64(0));
    }
}
