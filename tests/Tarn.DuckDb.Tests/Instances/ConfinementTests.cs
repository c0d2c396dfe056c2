using Tarn.DuckDb.Errors;
using Tarn.DuckDb.Sessions;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.Tests.Instances;

public sealed class ConfinementTests : IDisposable
{
    private readonly DuckDbFixture _fixture = new();

    [Theory]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM '/etc/passwd'")]
    [InlineData("SELECT * FROM glob('/etc/*')")]
    [InlineData("SELECT * FROM read_text('LAKE/../outside/secret.txt')")]
    [InlineData("SELECT * FROM read_text('OUTSIDE/secret.txt')")]
    [InlineData("SELECT * FROM read_blob('LAKEx/secret.txt')")]
    [InlineData("COPY (SELECT 1) TO 'OUTSIDE/x.csv'")]
    [InlineData("COPY (SELECT 1) TO 'LAKE/../outside/x.csv'")]
    [InlineData("CREATE TABLE c (t VARCHAR); COPY c FROM '/etc/passwd'")]
    [InlineData("EXPORT DATABASE 'OUTSIDE/db'")]
    [InlineData("ATTACH 'OUTSIDE/x.db'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("LOAD 'LAKE/x.duckdb_extension'")]
    [InlineData("SET memory_limit = '100GB'")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET lock_configuration = false")]
    [InlineData("SET allowed_directories = ['/']")]
    [InlineData("SET GLOBAL threads = 64")]
    [InlineData("SET temp_directory = '/'")]
    [InlineData("PRAGMA threads = 64")]
    [InlineData("RESET allowed_directories")]
    [InlineData("SET home_directory = '/'")]
    [InlineData("SET log_query_path = 'OUTSIDE/log'")]
    [InlineData("PRAGMA profiling_output = 'OUTSIDE/profile'")]
    [InlineData("CREATE PERSISTENT SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')")]
    public async Task Execute_BeyondTheLake_IsRefused(string sql)
    {
        File.WriteAllText(Path.Combine(_fixture.Outside, "secret.txt"), "secret");
        using var session = _fixture.Database.OpenSession();
        var text = sql.Replace("LAKE", _fixture.Lake, StringComparison.Ordinal)
            .Replace("OUTSIDE", _fixture.Outside, StringComparison.Ordinal);

        await Assert.ThrowsAsync<TarnException>(() => session.ExecuteAsync(text, default));

        Assert.Equal(["secret.txt"], Directory.GetFileSystemEntries(_fixture.Outside).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Execute_OutsideFile_IsDenied()
    {
        using var session = _fixture.Database.OpenSession();

        var error = await Assert.ThrowsAsync<TarnException>(
            () => session.QueryAsync("SELECT * FROM read_text('/etc/passwd')", default));

        Assert.Equal(ErrorKind.Denied, error.Kind);
    }

    [Theory]
    [InlineData("memory_limit", "512.0 MiB")]
    [InlineData("threads", "2")]
    [InlineData("TimeZone", "UTC")]
    [InlineData("enable_external_access", "false")]
    [InlineData("lock_configuration", "true")]
    [InlineData("enable_progress_bar", "true")]
    [InlineData("enable_progress_bar_print", "false")]
    public async Task Open_Settings_HoldInEverySession(string name, string expected)
    {
        using var first = _fixture.Database.OpenSession();
        using var second = _fixture.Database.OpenSession();

        foreach (var session in new[] { first, second })
        {
            var value = await DuckDbFixture.ScalarAsync(session, $"SELECT current_setting('{name}')::VARCHAR");
            Assert.Equal(expected, value);
        }
    }

    [Fact]
    public async Task Sort_LargerThanMemory_SpillsToTempDirectory()
    {
        using var small = new DuckDbFixture(memoryBytesMax: 64L << 20);
        using var session = small.Database.OpenSession();

        using var result = await session.QueryAsync(
            "SELECT i, md5(i::VARCHAR) AS m FROM range(2000000) t(i) ORDER BY m", default);

        Assert.True(result.Read());
        Assert.NotEmpty(Directory.GetFiles(small.Options.TempDirectory));
    }

    [Fact]
    public async Task Open_SpillFilesOfAKilledProcess_AreRemoved()
    {
        Directory.CreateDirectory(_fixture.Options.TempDirectory);
        var old = Path.Combine(_fixture.Options.TempDirectory, "duckdb_temp_storage_DEFAULT-0.tmp");
        var other = Path.Combine(_fixture.Options.TempDirectory, "notes.txt");
        File.WriteAllText(old, "x");
        File.WriteAllText(other, "x");

        using var session = _fixture.Database.OpenSession();
        await session.ExecuteAsync("SELECT 1", default);

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public void Open_TempDirectoryOfAnotherInstance_IsRefused()
    {
        using var session = _fixture.Database.OpenSession();
        using var second = DuckDbInstance.Open(_fixture.Options);

        var error = Assert.Throws<TarnException>(() => second.OpenSession());

        Assert.Equal(ErrorKind.Conflict, error.Kind);
    }

    [Fact]
    public async Task OpenSession_AfterAFatalError_GetsAFreshConfinedDatabase()
    {
        using var lost = _fixture.Database.OpenSession();
        await lost.ExecuteAsync("CREATE TABLE shared (i INTEGER)", default);
        var failure = new DuckDbFailureException("FATAL Error: the database has been invalidated");
        Assert.IsType<TarnException>(((DuckDbSession)lost).Explain(failure, default));

        using var fresh = _fixture.Database.OpenSession();

        await Assert.ThrowsAsync<TarnException>(() => fresh.QueryAsync("SELECT * FROM shared", default));
        await Assert.ThrowsAsync<TarnException>(() => fresh.QueryAsync("FROM read_text('/etc/passwd')", default));
        Assert.Equal(1, await DuckDbFixture.ScalarAsync(fresh, "SELECT 1"));
    }

    public void Dispose() => _fixture.Dispose();
}
