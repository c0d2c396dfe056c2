using Microsoft.Extensions.Logging;
using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Objects.Lifecycle;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Objects.Remote.Uploads;
using Tarn.Storage.Objects.Scanning;
using Tarn.Storage.Objects.Versions;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Objects.Remote;

/// <summary>Objects in an S3 service, everything else in the data directory as ever.</summary>
internal sealed partial class RemoteStorage : IStores
{
    private readonly MetadataDatabase _database;
    private readonly RemoteService _service;
    private readonly RemoteBuckets _buckets;
    private int _isClosed;

    private RemoteStorage(
        MetadataDatabase database, RemoteService service, RemoteObjectStore objects, RemoteBuckets buckets,
        RemoteUploads uploads)
    {
        _database = database;
        _service = service;
        Metadata = new SqliteMetadataStore(database);
        Objects = objects;
        _buckets = buckets;
        Uploads = uploads;
        Scan = new RefusedScan();
        Notifications = new RefusedNotifications();
        Outbox = new EventOutbox(database, new BucketNotifications(buckets));
        Versions = new RefusedVersions(buckets, objects);
    }

    public IMetadataStore Metadata { get; }

    public IObjectStore Objects { get; }

    public IBucketSettings Settings => _buckets;

    public IMultipartUploads Uploads { get; }

    public IObjectScan Scan { get; }

    public IBucketNotifications Notifications { get; }

    public IEventOutbox Outbox { get; }

    public IObjectVersions Versions { get; }

    public IBucketLifecycle Lifecycle { get; } = new RefusedLifecycle();

    public IExpiry? Expiry => null;

    /// <summary>
    /// Fails with Unavailable when the service does not answer or the bucket is not there. <paramref name="reached"/>
    /// is called as an upload in parts passes each step.
    /// </summary>
    public static async Task<RemoteStorage> OpenAsync(
        string dataDirectory, RemoteStorageOptions options, TimeProvider clock, IdSource ids, ILogger log,
        Action<UploadStep> reached)
    {
        var service = new RemoteService(options);
        MetadataDatabase? database = null;
        try
        {
            var buckets = await RemoteBuckets.OpenAsync(service, clock, CancellationToken.None).ConfigureAwait(false);
            await new RemoteProbe(service, CancellationToken.None).WriteAsync().ConfigureAwait(false);
            var folders = new RemoteFolders(dataDirectory);
            database = MetadataDatabase.Open(folders.MetadataFile);
            var cache = new ObjectCache(folders.Cache, options.CacheBytesMax, clock);
            var parts = new RemoteParts(service);
            var ledger = await UploadLedger.OpenAsync(service, buckets, parts, log, CancellationToken.None)
                .ConfigureAwait(false);
            var locks = new KeyLocks();
            var objects = new RemoteObjectStore(
                service, buckets, folders, cache, parts, ledger, locks, clock, ids, log);
            var uploads = new RemoteUploads(
                service, buckets, objects, parts, ledger, locks, clock, ids, log, reached);
            var local = Path.Combine(dataDirectory, "objects");
            if (Directory.Exists(local) && Directory.EnumerateFileSystemEntries(local).Any())
            {
                LogLocalObjects(log, local, options.Location);
            }

            return new RemoteStorage(database, service, objects, buckets, uploads);
        }
        catch
        {
            if (database is not null)
            {
                await database.DisposeAsync().ConfigureAwait(false);
            }

            service.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            await _database.DisposeAsync().ConfigureAwait(false);
            _buckets.Dispose();
            _service.Dispose();
        }
    }

    [LoggerMessage(2021, LogLevel.Warning,
        "{Folder} holds buckets of an earlier run; they are not seen while objects are kept in {Storage}")]
    private static partial void LogLocalObjects(ILogger log, string folder, RemoteLocation storage);
}
