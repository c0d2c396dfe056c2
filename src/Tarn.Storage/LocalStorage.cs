using Microsoft.Extensions.Logging;
using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;
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

    private LocalStorage(MetadataDatabase database, LocalObjectStore objects)
    {
        _database = database;
        Metadata = new SqliteMetadataStore(database);
        Objects = objects;
    }

    public SqliteMetadataStore Metadata { get; }

    public LocalObjectStore Objects { get; }

    public static async Task<LocalStorage> OpenAsync(
        string dataDirectory, TimeProvider clock, IdSource ids, ILogger log, Action<PutStep> reached)
    {
        var folders = new StorageFolders(dataDirectory);
        var database = MetadataDatabase.Open(folders.MetadataFile);
        try
        {
            var objects = await LocalObjectStore
                .OpenAsync(folders, database, clock, ids, log, reached).ConfigureAwait(false);
            return new LocalStorage(database, objects);
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
