using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.Tests.Sessions;

public sealed class SessionTests : IDisposable
{
    private const string HugeCount =
        "SELECT count(*) FROM range(3000000) a(i) JOIN range(3000000) b(j) ON (i * j) % 7 = 3";
    private readonly DuckDbFixture _fixture = new();

    [Fact]
    public async Task Execute_SeveralStatements_RunsAllAndCountsTheLast()
    {
        using var session = _fixture.Database.OpenSession();

        var changed = await session.ExecuteAsync(
            "CREATE TEMP TABLE t (i INTEGER); INSERT INTO t SELECT range FROM range(10); DELETE FROM t WHERE i < 4",
            default);

        Assert.Equal(4, changed);
        Assert.Equal(6L, await DuckDbFixture.ScalarAsync(session, "SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Execute_Copy_CountsRowsAndRoundTripsParquet()
    {
        using var session = _fixture.Database.OpenSession();
        var file = Path.Combine(_fixture.Lake, "it's.parquet").Replace("'", "''", StringComparison.Ordinal);

        var copied = await session.ExecuteAsync(
            $"""
            COPY (SELECT i, 'name ' || i AS n, i / 4 AS q FROM range(10000) t(i))
            TO '{file}' (FORMAT parquet, COMPRESSION zstd)
            """,
            default);

        Assert.Equal(10_000, copied);
        var row = (await DuckDbFixture.RowsAsync(session, $"SELECT count(*), min(n), sum(q) FROM '{file}'")).Single();
        Assert.Equal([10_000L, "name 0", 12_498_750.0], row);
    }

    [Theory]
    [InlineData("SELEC 1", ErrorKind.Invalid, "syntax error at or near \"SELEC\"")]
    [InlineData("SELECT nope FROM range(1)", ErrorKind.Invalid, "referenced column \"nope\" not found in FROM clause")]
    [InlineData("SELECT * FROM nope", ErrorKind.Invalid, "table with name nope does not exist")]
    [InlineData("SELECT 'x'::INTEGER", ErrorKind.Invalid, "could not convert string 'x' to INT32")]
    [InlineData("", ErrorKind.Invalid, "the text holds no statement")]
    public async Task Query_Wrong_ThrowsInvalidWithTidyMessage(string sql, ErrorKind kind, string message)
    {
        using var session = _fixture.Database.OpenSession();

        var error = await Assert.ThrowsAsync<TarnException>(() => session.QueryAsync(sql, default));

        Assert.Equal((kind, message), (error.Kind, error.Message));
        Assert.Equal(1, await DuckDbFixture.ScalarAsync(session, "SELECT 1"));
    }

    [Fact]
    public async Task Read_ErrorAfterManyRows_ThrowsAndSessionStaysUsable()
    {
        // With several threads DuckDB may tell the reader of the stop only, and not of the error.
        using var single = new DuckDbFixture(threads: 1);
        using var session = single.Database.OpenSession();

        var error = await Assert.ThrowsAsync<TarnException>(() => DuckDbFixture.RowsAsync(
            session, "SELECT CASE WHEN i = 900000 THEN error('boom') ELSE i::VARCHAR END FROM range(1000000) t(i)"));

        Assert.Equal(ErrorKind.Invalid, error.Kind);
        Assert.Equal("boom", error.Message);
        Assert.Equal(1, await DuckDbFixture.ScalarAsync(session, "SELECT 1"));
    }

    [Fact]
    public async Task Read_ErrorInOneOfSeveralThreads_IsToldOrSaidToBeHiddenAndSessionStaysUsable()
    {
        using var session = _fixture.Database.OpenSession();

        var error = await Assert.ThrowsAsync<TarnException>(() => DuckDbFixture.RowsAsync(
            session, "SELECT CASE WHEN i = 900000 THEN error('boom') ELSE i::VARCHAR END FROM range(1000000) t(i)"));

        Assert.Contains(
            (error.Kind, error.Message),
            new[]
            {
                (ErrorKind.Invalid, "boom"),
                (ErrorKind.Unavailable, "the query was stopped by an error that DuckDB did not tell"),
            });
        Assert.Equal(1, await DuckDbFixture.ScalarAsync(session, "SELECT 1"));
    }

    [Fact]
    public async Task Query_BeyondMemory_ThrowsLimitExceededAndInstanceLives()
    {
        using var small = new DuckDbFixture(memoryBytesMax: 32L << 20);
        using var session = small.Database.OpenSession();

        var error = await Assert.ThrowsAsync<TarnException>(() => DuckDbFixture.RowsAsync(
            session, "SELECT length(list(i)::VARCHAR) FROM range(100000000) t(i)"));

        Assert.Equal(ErrorKind.LimitExceeded, error.Kind);
        Assert.Equal(1, await DuckDbFixture.ScalarAsync(session, "SELECT 1"));
    }

    [Fact]
    public async Task Query_DamagedFiles_ThrowsDamaged()
    {
        File.WriteAllText(Path.Combine(_fixture.Lake, "a.parquet"), new string('x', 1000));
        File.WriteAllText(Path.Combine(_fixture.Lake, "b.json"), "{\"a\": 1}\n{\"a\": \n");
        File.WriteAllText(Path.Combine(_fixture.Lake, "c.json.gz"), "not gzip, but long enough to have a header");
        using var session = _fixture.Database.OpenSession();
        foreach (var reader in new[]
        {
            $"read_parquet('{_fixture.Lake}/a.parquet')",
            $"read_json('{_fixture.Lake}/b.json', columns = {{a: 'INTEGER'}}, format = 'newline_delimited')",
            $"read_json('{_fixture.Lake}/c.json.gz', columns = {{a: 'INTEGER'}}, format = 'newline_delimited')",
        })
        {
            var error = await Assert.ThrowsAsync<TarnException>(
                () => DuckDbFixture.RowsAsync(session, "SELECT * FROM " + reader));

            Assert.True(error.Kind == ErrorKind.Damaged, $"{reader}: {error.Kind} {error.Describe()}");
        }
    }

    [Fact]
    public async Task Query_FileGone_ThrowsUnavailable()
    {
        using var session = _fixture.Database.OpenSession();

        var error = await Assert.ThrowsAsync<TarnException>(
            () => session.QueryAsync($"SELECT * FROM '{_fixture.Lake}/gone.parquet'", default));

        Assert.True(error.Kind == ErrorKind.Unavailable, error.Describe());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_Running_ThrowsAndSessionStaysUsable(bool query)
    {
        using var session = _fixture.Database.OpenSession();
        using var source = new CancellationTokenSource();
        Task running = query
            ? session.QueryAsync(HugeCount, source.Token)
            : session.ExecuteAsync(HugeCount, source.Token);
        Assert.False(running.IsCompleted);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1, await DuckDbFixture.ScalarAsync(session, "SELECT 1"));
    }

    [Fact]
    public async Task Cancel_AtAnyMoment_NeverHangsNorBreaksTheSession()
    {
        using var session = _fixture.Database.OpenSession();
        for (var spin = 0; spin < 60; spin++)
        {
            using var source = new CancellationTokenSource();
            var running = session.QueryAsync("SELECT sum(i * i) FROM range(100000000000) t(i)", source.Token);
            Thread.SpinWait(spin * 300);
            source.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }

        Assert.Equal(1, await DuckDbFixture.ScalarAsync(session, "SELECT 1"));
    }

    [Fact]
    public async Task Cancel_WhileReading_ThrowsFromRead()
    {
        using var session = _fixture.Database.OpenSession();
        using var source = new CancellationTokenSource();
        using (var result = await session.QueryAsync("SELECT i::VARCHAR FROM range(50000000) t(i)", source.Token))
        {
            Assert.True(result.Read());
            await source.CancelAsync();

            Assert.ThrowsAny<OperationCanceledException>(() =>
            {
                while (result.Read())
                {
                }
            });
        }

        Assert.Equal(1, await DuckDbFixture.ScalarAsync(session, "SELECT 1"));
    }

    [Fact]
    public async Task Cancel_BeforeStart_DoesNotRun()
    {
        using var session = _fixture.Database.OpenSession();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => session.ExecuteAsync("CREATE TEMP TABLE t (i INTEGER)", new CancellationToken(canceled: true)));

        await Assert.ThrowsAsync<TarnException>(() => session.QueryAsync("SELECT * FROM t", default));
    }

    [Fact]
    public async Task Query_HugeResult_StreamsInLittleMemory()
    {
        using var small = new DuckDbFixture(memoryBytesMax: 64L << 20);
        using var session = small.Database.OpenSession();

        using var result = await session.QueryAsync("SELECT repeat('x', 100) || i FROM range(5000000) t(i)", default);

        var rows = 0;
        while (result.Read())
        {
            rows++;
        }

        Assert.Equal(5_000_000, rows);
        Assert.Equal(0L, await DuckDbFixture.ScalarAsync(
            session, "SELECT coalesce(sum(temporary_storage_bytes), 0)::BIGINT FROM duckdb_memory()"));
    }

    [Fact]
    public async Task Sessions_InParallel_DoNotDisturbEachOther()
    {
        var tasks = Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            using var session = _fixture.Database.OpenSession();
            await session.ExecuteAsync($"CREATE TEMP TABLE mine AS SELECT {number} AS n FROM range(1000)", default);
            for (var round = 0; round < 20; round++)
            {
                var sum = await DuckDbFixture.ScalarAsync(session, "SELECT sum(n)::BIGINT FROM mine");
                Assert.Equal(number * 1000L, sum);
            }
        }));

        await Task.WhenAll(tasks);
    }

    [Fact]
    public async Task Progress_OfARunningScan_IsSeenAndThenGone()
    {
        using var session = _fixture.Database.OpenSession();
        await session.ExecuteAsync($"COPY (FROM range(10000000) t(i)) TO '{_fixture.Lake}/t.parquet'", default);
        Assert.Null(session.Progress);
        using var source = new CancellationTokenSource();
        var slow = Enumerable.Repeat("md5(", 20).Aggregate(string.Concat) + "i::VARCHAR" + new string(')', 20);
        var running = session.QueryAsync(
            $"SELECT count(*) FROM '{_fixture.Lake}/t.parquet' WHERE {slow} LIKE 'ffffff%'", source.Token);

        var seen = 0.0;
        while (!running.IsCompleted && seen <= 0)
        {
            seen = session.Progress ?? 0;
            await Task.Yield();
        }

        await source.CancelAsync();
        await Task.WhenAny(running);
        Assert.InRange(seen, double.Epsilon, 1);
        Assert.True(!running.IsFaulted && session.Progress is null);
    }

    public void Dispose() => _fixture.Dispose();
}
