using Microsoft.Extensions.Logging;
using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage;

/// <summary>
/// The embedded stores over one data directory, recovered and open. Disposing settles and closes them.
/// </summary>
internal sealed class LocalStorage : IAsyncDisposable
{
    private readonly MetadataDatabase _database;
    private int _isClosed;

    private LocalStorage(MetadataDatabase database, BucketSettings settings, LocalObjectStore objects)
    {
        _database = database;
        Settings = settings;
        Metadata = new SqliteMetadataStore(database);
        Objects = objects;
    }

    public SqliteMetadataStore Metadata { get; }

    public LocalObjectStore Objects { get; }

    public BucketSettings Settings { get; }

    public static async Task<LocalStorage> OpenAsync(
        string dataDirectory, TimeProvider clock, IdSource ids, ILogger log, Action<PutStep> reached)
    {
        var folders = new StorageFolders(dataDirectory);
        var database = MetadataDatabase.Open(folders.MetadataFile);
        try
        {
            var settings = new BucketSettings(database);
            var objects = await LocalObjectStore
                .OpenAsync(folders, database, settings, clock, ids, log, reached).ConfigureAwait(false);
            return new LocalStorage(database, settings, objects);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Closes once; a container may ask again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1)
        {
            return;
        }

        await Objects.CloseAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }
}
