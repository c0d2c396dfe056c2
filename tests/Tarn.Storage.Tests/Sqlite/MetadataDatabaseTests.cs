using Microsoft.Data.Sqlite;
using Tarn.Primitives.Errors;
using Tarn.Storage.Sqlite;
using Tarn.Testing;

namespace Tarn.Storage.Tests.Sqlite;

public sealed class MetadataDatabaseTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string File => Path.Combine(_directory.Path, "metadata.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_LaterSchema_IsRefusedWithBothVersions()
    {
        using (var session = new SqlSession(File))
        {
            session.Run("PRAGMA user_version = 4");
        }

        var failure = Assert.Throws<TarnException>(() => MetadataDatabase.Open(File));
        Assert.Equal(ErrorKind.Unsupported, failure.Kind);
        Assert.Equal("metadata.db has schema version 4, this tarn knows versions up to 3", failure.Message);
    }

    [Fact]
    public void Open_VersionOneThatCannotBeBroughtForward_StaysAsItWas()
    {
        System.IO.File.Copy(Path.Combine(AppContext.BaseDirectory, "testdata", "v1", "data", "metadata.db"), File);
        using (var session = new SqlSession(File))
        {
            session.Run("CREATE TABLE part(made_by_somebody_else)");
        }

        Assert.Throws<TarnException>(() => MetadataDatabase.Open(File));
        using var after = new SqlSession(File);
        Assert.Equal(1L, after.Scalar("PRAGMA user_version"));
        Assert.Null(after.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'bucket_setting'"));
        after.Run("DROP TABLE part");
        MetadataSchema.Ensure(after);
        Assert.Equal(3L, after.Scalar("PRAGMA user_version"));
        Assert.Equal(0L, after.Scalar("SELECT count(*) FROM bucket_setting"));
    }

    [Fact]
    public void Open_NotADatabase_IsDamaged()
    {
        System.IO.File.WriteAllText(File, new string('x', 5000));
        Assert.Equal(ErrorKind.Damaged, Assert.Throws<TarnException>(() => MetadataDatabase.Open(File)).Kind);
    }

    [Fact]
    public void Open_FolderMissing_IsUnavailable()
    {
        var missing = Path.Combine(_directory.Path, "missing", "metadata.db");
        Assert.Equal(ErrorKind.Unavailable, Assert.Throws<TarnException>(() => MetadataDatabase.Open(missing)).Kind);
    }

    [Fact]
    public async Task Open_Always_SyncsEveryCommit()
    {
        await using var database = MetadataDatabase.Open(File);
        Assert.Equal("wal", database.Read(session => (string)session.Scalar("PRAGMA journal_mode")!));
        Assert.Equal(2L, await database.WriteAsync(session => (long)session.Scalar("PRAGMA synchronous")!));
    }

    [Fact]
    public async Task Write_OneOfAGroupRefuses_TheOthersAreKept()
    {
        await using var database = MetadataDatabase.Open(File);
        using var gate = new ManualResetEventSlim();
        var first = database.WriteAsync(session =>
        {
            gate.Wait();
            return Insert(session, "first");
        });
        var refused = database.WriteAsync<int>(session =>
        {
            Insert(session, "refused");
            throw new TarnException(ErrorKind.Conflict, "no");
        });
        var last = database.WriteAsync(session => Insert(session, "last"));
        gate.Set();
        await first;
        await last;
        Assert.Equal("no", (await Assert.ThrowsAsync<TarnException>(() => refused)).Message);
        Assert.Equal(2L, database.Read(session => (long)session.Scalar("SELECT count(*) FROM bucket")!));
    }

    [Fact]
    public async Task Write_SqliteFails_TheGroupFailsAndTheNextWorks()
    {
        await using var database = MetadataDatabase.Open(File);
        var failure = await Assert.ThrowsAsync<TarnException>(
            () => database.WriteAsync(session => session.Execute("INSERT INTO missing VALUES (1)")));
        Assert.Equal(ErrorKind.Unavailable, failure.Kind);
        Assert.Equal(1, await database.WriteAsync(session => Insert(session, "next")));
    }

    [Fact]
    public async Task Read_Session_CannotWrite()
    {
        await using var database = MetadataDatabase.Open(File);
        var failure = Assert.Throws<TarnException>(() => database.Read(session => Insert(session, "x")));
        Assert.IsType<SqliteException>(failure.InnerException);
    }

    private static int Insert(SqlSession session, string name) =>
        session.Execute("INSERT INTO bucket(name, created) VALUES ($1, 0)", name);
}
