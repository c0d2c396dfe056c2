using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.Tests.NativeTables;

public sealed class PreparedQueryTests : IDisposable
{
    private static readonly DuckDbColumn[] Numbers = [new("n", "BIGINT")];
    private readonly DuckDbFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task QueryPreparedAsync_RowsReplaced_ReadsThose()
    {
        using var session = _fixture.Database.OpenSession();

        session.RegisterTable("t", Rows(1, 2));
        var first = await SumAsync(session, "SELECT sum(n) FROM t");
        session.RegisterTable("t", Rows(5));
        var second = await SumAsync(session, "SELECT sum(n) FROM t");

        Assert.Equal((3L, 5L), (first, second));
    }

    [Fact]
    public async Task QueryPreparedAsync_ColumnsReplaced_IsPlannedAgain()
    {
        using var session = _fixture.Database.OpenSession();

        session.RegisterTable("t", Rows(1, 2));
        var first = await SumAsync(session, "SELECT sum(n) FROM t");
        session.RegisterTable("t", new RowsTable([new("m", "INTEGER"), new("n", "BIGINT")], [[1, 40L]]));
        var second = await SumAsync(session, "SELECT sum(n) FROM t");

        Assert.Equal((3L, 40L), (first, second));
    }

    [Fact]
    public async Task QueryPreparedAsync_Parameters_AreThoseOfEachRun()
    {
        using var session = _fixture.Database.OpenSession();
        session.RegisterTable("t", Rows(1, 2, 3));

        var sums = new List<long>();
        foreach (var least in new long[] { 1, 2, 3, long.MinValue + 1 })
        {
            sums.Add(await SumAsync(session, "SELECT sum(n) FROM t WHERE n >= CAST($1 AS BIGINT)", least));
        }

        Assert.Equal([6, 5, 3, 6], sums);
    }

    [Fact]
    public async Task QueryPreparedAsync_FailsOnAValue_RunsAgainOnOthers()
    {
        using var session = _fixture.Database.OpenSession();

        session.RegisterTable("t", new RowsTable([new("n", "VARCHAR")], [["x"]]));
        var refusal = await Assert.ThrowsAsync<TarnException>(
            () => SumAsync(session, "SELECT sum(CAST(n AS BIGINT)) FROM t"));
        session.RegisterTable("t", new RowsTable([new("n", "VARCHAR")], [["7"]]));

        Assert.Equal(ErrorKind.Invalid, refusal.Kind);
        Assert.Equal(7, await SumAsync(session, "SELECT sum(CAST(n AS BIGINT)) FROM t"));
    }

    [Fact]
    public async Task QueryPreparedAsync_ManyTexts_EachGivesItsOwn()
    {
        using var session = _fixture.Database.OpenSession();
        session.RegisterTable("t", Rows(1, 2));

        var sums = new List<long>();
        for (var round = 0; round < 2; round++)
        {
            for (var plus = 0; plus < 40; plus++)
            {
                sums.Add(await SumAsync(session, $"SELECT sum(n) + {plus} FROM t"));
            }
        }

        Assert.Equal([.. Enumerable.Range(3, 40), .. Enumerable.Range(3, 40)], sums.Select(sum => (int)sum));
    }

    [Fact]
    public async Task QueryPreparedAsync_UnknownColumn_IsRefused()
    {
        using var session = _fixture.Database.OpenSession();
        session.RegisterTable("t", Rows(1));

        var refusal = await Assert.ThrowsAsync<TarnException>(() => SumAsync(session, "SELECT sum(x) FROM t"));

        Assert.Equal(ErrorKind.Invalid, refusal.Kind);
    }

    private static RowsTable Rows(params long[] numbers) =>
        new(Numbers, [.. numbers.Select(number => new object?[] { number })]);

    private static async Task<long> SumAsync(IDuckDbSession session, string sql, params long[] parameters)
    {
        using var result = await session.QueryPreparedAsync(
            $"SELECT CAST(({sql}) AS BIGINT)", parameters, CancellationToken.None);
        return result.Read() ? (long)result.GetValue(0)! : throw new InvalidDataException("no row");
    }
}
