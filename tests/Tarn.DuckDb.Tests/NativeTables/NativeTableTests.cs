using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.Tests.NativeTables;

public sealed class NativeTableTests : IDisposable
{
    private readonly DuckDbFixture _fixture = new();
    private readonly IDuckDbSession _session;

    public NativeTableTests() => _session = _fixture.Database.OpenSession();

    [Fact]
    public async Task Select_EveryType_ReadsBackWhatWasWritten()
    {
        var table = new RowsTable(
            [
                new("b", "BOOLEAN"), new("i", "INTEGER"), new("l", "BIGINT"), new("d", "DOUBLE"), new("s", "VARCHAR"),
                new("day", "DATE"), new("t", "TIMESTAMP"), new("tz", "TIMESTAMPTZ"), new("d4", "DECIMAL(4,2)"),
                new("d9", "DECIMAL(9,0)"), new("d18", "DECIMAL(18,6)"), new("j", "JSON"),
            ],
            [
                [true, -1, long.MinValue, 0.5, "twelve bytes", 19_782, 1_000_001L, -1L, -9999L, 999_999_999L, 1L, "{}"],
                new object?[12],
                [false, 2, 3L, -0.0, "more than twelve bytes, été", 0, 0L, 0L, 1L, 2L, 999_999_999_999_999_999L, "[1]"],
            ]);
        _session.RegisterTable("rows", table);

        using var result = await _session.QueryAsync("SELECT * FROM rows", default);

        Assert.Equal("JSON", result.Columns[11].Type);
        var read = DuckDbFixture.Rows(result);
        Assert.Equal(
            [
                true, -1, long.MinValue, 0.5, "twelve bytes", new DateOnly(2024, 2, 29),
                new DateTime(1970, 1, 1, 0, 0, 1).AddMicroseconds(1), DateTime.UnixEpoch.AddMicroseconds(-1), -99.99m,
                999_999_999m, 0.000001m, "{}",
            ],
            read[0]);
        Assert.Equal(new object?[12], read[1]);
        Assert.Equal("more than twelve bytes, été", read[2][4]);
        Assert.Equal(999_999_999_999.999999m, read[2][10]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(100_000)]
    public async Task Select_AnyNumberOfRows_ReadsThemAllInOrder(int count)
    {
        _session.RegisterTable("t", RowsTable.Numbers(count));

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT n FROM t");

        Assert.Equal(Enumerable.Range(0, count).Select(number => (object?)(long)number), rows.Select(row => row[0]));
        Assert.Equal((long)count, await DuckDbFixture.ScalarAsync(_session, "SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Select_SomeColumns_ReadsOnlyThose()
    {
        var table = new RowsTable(
            [new("a", "BIGINT"), new("b", "VARCHAR"), new("c", "BIGINT")], [[1L, "x", 10L], [2L, "y", 20L]]);
        _session.RegisterTable("t", table);

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT c FROM t WHERE c > 10");

        Assert.Equal(20L, rows.Single()[0]);
        Assert.Equal(["c"], table.LastRead);
    }

    [Fact]
    public async Task Select_Joined_ScansOncePerReference()
    {
        _session.RegisterTable("t", RowsTable.Numbers(5000));

        var sum = await DuckDbFixture.ScalarAsync(
            _session, "SELECT sum(a.n + b.n)::BIGINT FROM t a JOIN t b USING (n) WHERE n IN (SELECT n FROM t)");

        Assert.Equal(5000L * 4999, sum);
    }

    [Fact]
    public async Task Select_ShortStringsInOneRowAfterLong_CompareEqual()
    {
        _session.RegisterTable("t", RowsTable.Of("s", "VARCHAR", "a string longer than twelve", "ab", "a", "ab", ""));

        var rows = await DuckDbFixture.RowsAsync(_session, "SELECT s, count(*) FROM t GROUP BY s ORDER BY s");

        Assert.Equal([("", 1L), ("a", 1L), ("a string longer than twelve", 1L), ("ab", 2L)],
            rows.Select(row => ((string)row[0]!, (long)row[1]!)));
    }

    [Fact]
    public async Task Copy_ToParquet_RoundTrips()
    {
        _session.RegisterTable("t", RowsTable.Numbers(10_000));

        var copied = await _session.ExecuteAsync($"COPY (FROM t) TO '{_fixture.Lake}/t.parquet'", default);

        Assert.Equal(10_000, copied);
        var sum = await DuckDbFixture.ScalarAsync(_session, $"SELECT sum(n)::BIGINT FROM '{_fixture.Lake}/t.parquet'");
        Assert.Equal(49_995_000L, sum);
    }

    [Fact]
    public async Task Register_SameName_Replaces()
    {
        _session.RegisterTable("t", RowsTable.Numbers(3));
        _session.RegisterTable("T", RowsTable.Numbers(4));
        Assert.Equal(4L, await DuckDbFixture.ScalarAsync(_session, "SELECT count(n) FROM t"));

        _session.RegisterTable("t", RowsTable.Of("s", "VARCHAR", "x"));

        Assert.Equal("x", await DuckDbFixture.ScalarAsync(_session, "SELECT s FROM t"));
    }

    [Fact]
    public async Task Register_OddName_IsReadableQuoted()
    {
        _session.RegisterTable("a \"b\".c; DROP", RowsTable.Numbers(2));

        Assert.Equal(2L, await DuckDbFixture.ScalarAsync(_session, "SELECT count(*) FROM \"a \"\"b\"\".c; DROP\""));
    }

    [Fact]
    public void Register_UnknownType_NamesTheColumn()
    {
        foreach (var type in new[] { "DECIMAL(19,2)", "DECIMAL(4,5)", "TINYINT", "DECIMAL" })
        {
            var error = Assert.Throws<TarnException>(() => _session.RegisterTable("t", RowsTable.Of("odd", type)));

            Assert.Equal(ErrorKind.Invalid, error.Kind);
            Assert.Contains("'odd'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Select_InAnotherSession_DoesNotSeeTheTable()
    {
        _session.RegisterTable("t", RowsTable.Numbers(3));
        var view = (string)(await DuckDbFixture.ScalarAsync(
            _session, "SELECT sql FROM duckdb_views() WHERE view_name = 't'"))!;
        var call = view[view.IndexOf(UnsafeTableFunction.Name, StringComparison.Ordinal)..].TrimEnd(';');
        Assert.Equal(3L, await DuckDbFixture.ScalarAsync(_session, "SELECT count(*) FROM " + call));
        using var other = _fixture.Database.OpenSession();

        await Assert.ThrowsAsync<TarnException>(() => other.QueryAsync("SELECT * FROM t", default));
        await Assert.ThrowsAsync<TarnException>(() => other.QueryAsync("SELECT * FROM " + call, default));
        await Assert.ThrowsAsync<TarnException>(() => other.QueryAsync("SELECT * FROM tarn_rows(NULL)", default));

        other.RegisterTable("t", RowsTable.Numbers(7));
        Assert.Equal(7L, await DuckDbFixture.ScalarAsync(other, "SELECT count(*) FROM t"));
        Assert.Equal(3L, await DuckDbFixture.ScalarAsync(_session, "SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Fill_Throws_FailsTheQueryWithItsErrorAndFreesTheScan()
    {
        var fault = new TarnException(ErrorKind.Damaged, "segment 7 is damaged", "offset 12", "restore it");
        var table = new RowsTable([new("n", "BIGINT")], Enumerable.Repeat(new object?[] { 1L }, 9000).ToArray())
        {
            Fault = (5000, fault),
        };
        _session.RegisterTable("t", table);

        var error = await Assert.ThrowsAsync<TarnException>(
            () => DuckDbFixture.RowsAsync(_session, "SELECT sum(n) FROM t"));

        Assert.Equal(
            (fault.Kind, fault.Message, fault.Detail, fault.Hint),
            (error.Kind, error.Message, error.Detail, error.Hint));
        Assert.Same(fault, error.InnerException);
        Assert.Equal(0, table.OpenScans);
        var later = await Assert.ThrowsAsync<TarnException>(() => _session.QueryAsync("SELECT nope", default));
        Assert.Contains("nope", later.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fill_WrongSetter_FailsTheQuery()
    {
        _session.RegisterTable("t", RowsTable.Of("n", "BIGINT", "text"));

        var error = await Assert.ThrowsAsync<TarnException>(() => DuckDbFixture.RowsAsync(_session, "FROM t"));

        Assert.Equal("column 0 has type BigInt, not Varchar", error.Detail);
    }

    [Fact]
    public async Task Result_DisposedEarly_FreesTheScan()
    {
        var table = RowsTable.Numbers(1_000_000);
        _session.RegisterTable("t", table);

        using (var result = await _session.QueryAsync("SELECT n FROM t", default))
        {
            Assert.True(result.Read());
        }

        await _session.ExecuteAsync("SELECT 1", default);
        Assert.Equal(0, table.OpenScans);
    }

    [Fact]
    public async Task Register_HundredThousandTimes_LeaksNothing()
    {
        var columns = new DuckDbColumn[] { new("n", "BIGINT") };
        var rows = new object?[][] { [1L] };
        long total = 0;
        for (var round = 0; round < 100_000; round++)
        {
            _session.RegisterTable("batch", new RowsTable(columns, rows));
            if (round % 1000 == 0)
            {
                total += (long)(await DuckDbFixture.ScalarAsync(_session, "SELECT n FROM batch"))!;
            }
        }

        Assert.Equal(100, total);
        Assert.Equal(1L, await DuckDbFixture.ScalarAsync(
            _session, "SELECT count(*) FROM duckdb_views() WHERE NOT internal"));
    }

    [Fact]
    public async Task Register_ChangingColumnsAndSessions_FreesEveryHandle()
    {
        // Sessions of tests that run beside this one hold tables too: only this test's own tables are looked at.
        var own = new List<WeakReference>();
        for (var round = 0; round < 200; round++)
        {
            using var session = _fixture.Database.OpenSession();
            for (var change = 0; change < 10; change++)
            {
                own.Add(Register(session, "t", "c" + change));
            }

            Assert.Equal(0L, await DuckDbFixture.ScalarAsync(session, "SELECT count(*) FROM t"));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.InRange(own.Count(reference => reference.IsAlive), 0, 1);
    }

    public void Dispose()
    {
        _session.Dispose();
        _fixture.Dispose();
    }

    private static WeakReference Register(IDuckDbSession session, string name, string column)
    {
        var table = RowsTable.Of(column, "BIGINT");
        session.RegisterTable(name, table);
        return new WeakReference(table);
    }
}
