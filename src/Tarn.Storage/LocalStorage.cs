using Microsoft.Extensions.Logging;
using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Objects.Lifecycle;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Objects.Local.Versions;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Objects.Scanning;
using Tarn.Storage.Objects.Versions;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage;

/// <summary>
/// The embedded stores over one data directory, recovered and open. Disposing settles and closes them.
/// </summary>
internal sealed class LocalStorage : IStores
{
    private readonly MetadataDatabase _database;
    private readonly Settler _settler;
    private int _isClosed;

    private LocalStorage(
        MetadataDatabase database, Settler settler, BucketSettings settings, LocalUploads uploads,
        LocalScan scan, LocalObjectStore objects, LocalVersions versions)
    {
        _database = database;
        _settler = settler;
        Metadata = new SqliteMetadataStore(database);
        Settings = settings;
        Uploads = uploads;
        Scan = scan;
        Objects = objects;
        Versions = versions;
    }

    public SqliteMetadataStore Metadata { get; }

    public LocalObjectStore Objects { get; }

    public BucketSettings Settings { get; }

    public LocalUploads Uploads { get; }

    public LocalScan Scan { get; }

    public required IBucketNotifications Notifications { get; init; }

    public required IEventOutbox Outbox { get; init; }

    public required IBucketLifecycle Lifecycle { get; init; }

    public required IExpiry Expiry { get; init; }

    public LocalVersions Versions { get; }

    IExpiry? IStores.Expiry => Expiry;

    IMetadataStore IStores.Metadata => Metadata;

    IObjectStore IStores.Objects => Objects;

    IObjectVersions IStores.Versions => Versions;

    IBucketSettings IStores.Settings => Settings;

    IMultipartUploads IStores.Uploads => Uploads;

    IObjectScan IStores.Scan => Scan;

    /// <summary>
    /// Recovers, then serves. <paramref name="reached"/> is called as a put, delete or upload passes each step.
    /// </summary>
    /// <param name="partBytesMin">Of every part of an upload but the last.</param>
    public static async Task<LocalStorage> OpenAsync(
        string dataDirectory, TimeProvider clock, IdSource ids, ILogger log, Action<PutStep> reached,
        long partBytesMin)
    {
        var folders = new StorageFolders(dataDirectory);
        var database = MetadataDatabase.Open(folders.MetadataFile);
        try
        {
            var settings = new BucketSettings(database);
            var notifications = new BucketNotifications(settings);
            var outbox = new EventOutbox(database, notifications);
            var index = new ObjectIndex(database, outbox, clock);
            var placement = new Placement(folders.Objects);
            var versionFiles = new VersionFiles(folders);
            await new Recovery(folders, index, placement, versionFiles, log).RunAsync().ConfigureAwait(false);
            var uploadIndex = new UploadIndex(database, clock);
            var uploadFolders = new UploadFolders(folders.Uploads);
            uploadFolders.Keep(uploadIndex.ListFiles());

            var settler = new Settler(folders, index, clock, log);
            var locks = new KeyLocks();
            var publisher = new Publisher(
                folders, index, placement, versionFiles, settler, locks, log, reached);
            var reader = new ObjectReader(index, placement, versionFiles);
            var copies = new ObjectCopies(reader, publisher, ids);
            var deleter = new Deleter(index, placement, versionFiles, settler, locks, ids, log, reached);
            var uploads = new LocalUploads(
                index, uploadIndex, uploadFolders, publisher, ids, log, reached, partBytesMin);
            var objects = new LocalObjectStore(
                folders, index, placement, locks, reader, copies, publisher, deleter, versionFiles, settings, uploads,
                ids, reached);
            var scan = new LocalScan(folders, index, placement, versionFiles, locks, ids, reached);
            var versions = new LocalVersions(index, reader, copies, deleter);
            return new LocalStorage(database, settler, settings, uploads, scan, objects, versions)
            {
                Notifications = notifications,
                Outbox = outbox,
                Lifecycle = new BucketLifecycle(settings),
                Expiry = deleter,
            };
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

        await _settler.DisposeAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }
}
