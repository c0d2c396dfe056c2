using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Sqlite;

/// <summary>
/// metadata.db. Reads run on the caller's thread over their own connections and see every write that has returned.
/// Writes go through one loop that commits all that is waiting in one transaction with one fsync (WAL,
/// synchronous=FULL); a work item that throws a <see cref="TarnException"/> is undone alone, a failure of SQLite
/// fails the whole group. Thread-safe.
/// </summary>
internal sealed class MetadataDatabase : IAsyncDisposable
{
    private const int GroupItemsMax = 512;

    private readonly string _path;
    private readonly SqlSession _writer;
    private readonly ConcurrentBag<SqlSession> _idleReaders = [];
    private readonly Channel<Work> _queue =
        Channel.CreateBounded<Work>(new BoundedChannelOptions(4 * GroupItemsMax) { SingleReader = true });

    private readonly Task _loop;
    private long _generation;

    private MetadataDatabase(string path, SqlSession writer)
    {
        _path = path;
        _writer = writer;
        _loop = Task.Run(CommitGroupsAsync);
    }

    /// <summary>
    /// Grows with every commit, and is odd while one may be under way. Between two looks at the same even number no row
    /// has changed: what was read at the first still holds at the second.
    /// </summary>
    public long Generation
    {
        get
        {
            // What was read before this look stays before it.
            Interlocked.MemoryBarrier();
            return Volatile.Read(ref _generation);
        }
    }

    /// <summary>Opens or makes the file. Fails with Unsupported (a later schema), Damaged or Unavailable.</summary>
    public static MetadataDatabase Open(string path)
    {
        SqlSession? writer = null;
        try
        {
            PrivateFile.Ensure(path);
            writer = new SqlSession(path);
            writer.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            MetadataSchema.Ensure(writer);
            return new MetadataDatabase(path, writer);
        }
        catch (Exception failure)
        {
            writer?.Dispose();
            if (failure is SqliteException sqlite)
                throw SqliteFailure.Wrap(sqlite);
            throw;
        }
    }

    /// <summary>Runs a read-only function on the calling thread.</summary>
    public T Read<T>(Func<SqlSession, T> work)
    {
        SqlSession? session = null;
        try
        {
            session = _idleReaders.TryTake(out var idle) ? idle : OpenReader();
            var result = work(session);
            _idleReaders.Add(session);
            return result;
        }
        catch (Exception failure)
        {
            session?.Dispose();
            if (failure is SqliteException sqlite)
                throw SqliteFailure.Wrap(sqlite);
            throw;
        }
    }

    /// <summary>Runs a function inside a transaction; its result comes when that is on disk.</summary>
    public async Task<T> WriteAsync<T>(Func<SqlSession, T> work)
    {
        var item = new Work(session => work(session));
        try
        {
            await _queue.Writer.WriteAsync(item).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw new TarnException(ErrorKind.Unavailable, "the metadata store is shutting down", cause: closed);
        }

        return (T)(await item.Done.Task.ConfigureAwait(false))!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_queue.Writer.TryComplete())
        {
            await _loop.ConfigureAwait(false);
            foreach (var reader in _idleReaders)
            {
                reader.Dispose();
            }

            _writer.Dispose();
        }
    }

    private SqlSession OpenReader()
    {
        var session = new SqlSession(_path);
        session.Run("PRAGMA query_only = 1");
        return session;
    }

    private async Task CommitGroupsAsync()
    {
        var group = new List<Work>(GroupItemsMax);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (group.Count < GroupItemsMax && _queue.Reader.TryRead(out var item))
            {
                group.Add(item);
            }

            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<Work> group)
    {
        Interlocked.Increment(ref _generation);
        var failure = TryCommit(group);
        Interlocked.Increment(ref _generation);
        foreach (var item in group)
        {
            item.Finish(failure);
        }
    }

    /// <summary>The failure of the whole group, or null.</summary>
    private Exception? TryCommit(List<Work> group)
    {
        try
        {
            _writer.Execute("BEGIN IMMEDIATE");
            foreach (var item in group)
            {
                RunAlone(item);
            }

            _writer.Execute("COMMIT");
            return null;
        }
        catch (Exception failure)
        {
            // The error goes to every caller of the group; a rollback that fails too means SQLite has already rolled
            // back.
            Rollback();
            return failure is SqliteException sqlite ? SqliteFailure.Wrap(sqlite) : failure;
        }
    }

    private void RunAlone(Work item)
    {
        _writer.Execute("SAVEPOINT item");
        try
        {
            item.Run(_writer);
        }
        catch (TarnException failure)
        {
            _writer.Execute("ROLLBACK TO item");
            item.Refuse(failure);
        }

        _writer.Execute("RELEASE item");
    }

    private void Rollback()
    {
        try
        {
            _writer.Execute("ROLLBACK");
        }
        catch (SqliteException alreadyRolledBack) when (alreadyRolledBack.SqliteErrorCode == 1)
        {
        }
    }

    private sealed class Work(Func<SqlSession, object?> function)
    {
        private object? _result;
        private TarnException? _refusal;

        public TaskCompletionSource<object?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Run(SqlSession session) => _result = function(session);

        public void Refuse(TarnException refusal) => _refusal = refusal;

        public void Finish(Exception? groupFailure)
        {
            if ((groupFailure ?? _refusal) is { } failure)
                Done.TrySetException(failure);
            else
                Done.TrySetResult(_result);
        }
    }
}
