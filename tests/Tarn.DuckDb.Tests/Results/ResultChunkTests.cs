using System.Text;
using Tarn.DuckDb.Results;

namespace Tarn.DuckDb.Tests.Results;

public sealed class ResultChunkTests : IDisposable
{
    private readonly DuckDbFixture _fixture = new();

    [Theory]
    [InlineData("i % 2 = 0", "CAST(v AS BIGINT)")]
    [InlineData("CAST(i - 100 AS TINYINT)", "CAST(v AS BIGINT)")]
    [InlineData("CAST(i + 100 AS UTINYINT)", "CAST(v AS BIGINT)")]
    [InlineData("CAST(i - 30000 AS SMALLINT)", "CAST(v AS BIGINT)")]
    [InlineData("CAST(i + 60000 AS USMALLINT)", "CAST(v AS BIGINT)")]
    [InlineData("CAST(-i AS INTEGER)", "CAST(v AS BIGINT)")]
    [InlineData("CAST(i + 4000000000 AS UINTEGER)", "CAST(v AS BIGINT)")]
    [InlineData("i * 1000000000000", "CAST(v AS BIGINT)")]
    [InlineData("DATE '1969-12-01' + CAST(i AS INTEGER)", "date_diff('day', DATE '1970-01-01', v)")]
    [InlineData("TIMESTAMP '1969-12-31 23:59:59.999999' + to_hours(i)", "epoch_us(v)")]
    [InlineData("CAST(TIMESTAMP '2026-11-23 01:02:03' + to_hours(i) AS TIMESTAMPTZ)", "epoch_us(v)")]
    [InlineData("CAST(i / 100 AS DECIMAL(4, 2))", "CAST(v * 100 AS BIGINT)")]
    [InlineData("CAST(-i / 100 AS DECIMAL(9, 2))", "CAST(v * 100 AS BIGINT)")]
    [InlineData("CAST(i * 1e10 AS DECIMAL(18, 3))", "CAST(v * 1000 AS BIGINT)")]
    public async Task CopyWholes_OfAType_AreTheNumbersBehindIt(string value, string whole)
    {
        using var session = _fixture.Database.OpenSession();
        await session.ExecuteAsync(
            "CREATE TEMP TABLE t AS "
            + $"SELECT i, CASE WHEN i % 7 = 3 THEN NULL ELSE {value} END AS v FROM range(100) r(i)",
            default);
        var expected = await DuckDbFixture.RowsAsync(session, $"SELECT coalesce({whole}, 0) FROM t ORDER BY i");
        using var result = await session.QueryAsync("SELECT v FROM t ORDER BY i", default);
        var chunk = result.ReadChunk()!;

        var (values, valid) = (new long[100], new bool[100]);
        chunk.CopyWholes(0, values);
        chunk.CopyValidity(0, valid);

        Assert.Equal(expected.Select(row => (long)row[0]!), values);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i % 7 != 3), valid);
        Assert.Throws<InvalidOperationException>(() => chunk.CopyDoubles(0, new double[1]));
        Assert.Throws<InvalidOperationException>(() => chunk.Utf8(0, 0).Length);
    }

    [Fact]
    public async Task ReadChunk_ManyRows_AllOnceInOrder()
    {
        const string Sql = """
            SELECT i, i / 2, CASE WHEN i % 3 = 1 THEN NULL ELSE repeat('é', i % 20) END, CAST(i AS FLOAT)
            FROM range(10000) r(i) ORDER BY i
            """;
        using var session = _fixture.Database.OpenSession();
        using var result = await session.QueryAsync(Sql, default);
        var rows = 0;
        while (result.ReadChunk() is { } chunk)
        {
            var (halves, singles, valid) =
                (new double[chunk.Count], new double[chunk.Count], new bool[chunk.Count]);
            chunk.CopyDoubles(1, halves);
            chunk.CopyDoubles(3, singles);
            chunk.CopyValidity(2, valid);
            for (var row = 0; row < chunk.Count; row++, rows++)
            {
                var text = rows % 3 == 1 ? "" : string.Concat(Enumerable.Repeat("é", rows % 20));
                Assert.Equal((rows / 2.0, rows, rows % 3 != 1), (halves[row], (int)singles[row], valid[row]));
                Assert.Equal(text, Encoding.UTF8.GetString(chunk.Utf8(2, row)));
            }
        }

        Assert.Equal(10_000, rows);
        Assert.Null(result.ReadChunk());
    }

    /// <summary>Lists that a filter has left, NULL and empty ones, of several chunks.</summary>
    [Theory]
    [InlineData("CAST(range(i % 5) AS BIGINT[])")]
    [InlineData("list_transform(range(i % 5), lambda x: CASE WHEN x <> 1 THEN repeat('é', x * 7) END)")]
    public async Task CopyLists_OfAList_AreItsItems(string list)
    {
        using var session = _fixture.Database.OpenSession();
        await session.ExecuteAsync(
            $"CREATE TEMP TABLE l AS SELECT i, CASE WHEN i % 11 <> 4 THEN {list} END AS v FROM range(9000) r(i)",
            default);
        const string Sql = "SELECT v FROM l WHERE i % 3 > 0 ORDER BY i";
        var expected = new List<string?>();
        using (var rows = await session.QueryAsync(Sql, default))
        {
            while (rows.Read())
            {
                expected.Add(string.Join(',', (rows.GetValue(0) as IReadOnlyList<object?> ?? []).Select(Text)));
            }
        }

        var actual = new List<string?>();
        using var result = await session.QueryAsync(Sql, default);
        while (result.ReadChunk() is { } chunk)
        {
            var lists = new (int First, int Count)[chunk.Count];
            chunk.CopyLists(0, lists);
            var items = chunk.Items(0);
            var valid = new bool[items.Count];
            items.CopyValidity(0, valid);
            var wholes = new long[list.Contains("repeat", StringComparison.Ordinal) ? 0 : items.Count];
            if (wholes.Length > 0)
            {
                items.CopyWholes(0, wholes);
            }

            actual.AddRange(lists.Select(place => string.Join(',', Enumerable.Range(place.First, place.Count)
                .Select(i => !valid[i] ? Text(null) : wholes.Length > 0 ? Text(wholes[i])
                    : Text(Encoding.UTF8.GetString(items.Utf8(0, i)))))));
        }

        Assert.Equal(expected, actual);

        static string Text(object? value) => value?.ToString() ?? "NULL";
    }

    [Fact]
    public async Task ReadChunk_AmongReads_GoesOnBehindThem()
    {
        using var session = _fixture.Database.OpenSession();
        using var result = await session.QueryAsync("SELECT i FROM range(5000) r(i) ORDER BY i", default);
        Assert.True(result.Read());

        var second = result.ReadChunk()!;
        var values = new long[second.Count];
        second.CopyWholes(0, values);

        Assert.Equal(2048, values[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => second.CopyWholes(0, new long[second.Count + 1]));
        Assert.True(result.Read());
        Assert.Equal(2048L + values.Length, result.GetValue(0));
    }

    [Fact]
    public async Task ReadChunk_NoRows_Null()
    {
        using var session = _fixture.Database.OpenSession();
        using var result = await session.QueryAsync("SELECT 1 WHERE false", default);

        Assert.Null(result.ReadChunk());
        Assert.False(result.Read());
    }

    [Fact]
    public async Task ReadChunk_FailureOnTheWay_IsThrown()
    {
        using var session = _fixture.Database.OpenSession();
        using var result = await session.QueryAsync(
            "SELECT CASE WHEN i > 200000 THEN error('enough') ELSE i END FROM range(300000) r(i)", default);

        var failure = Assert.Throws<Primitives.Errors.TarnException>(() =>
        {
            while (result.ReadChunk() is not null)
            {
            }
        });
        Assert.Contains("enough", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _fixture.Dispose();
}
