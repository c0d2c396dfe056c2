using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Objects.Local.Versions;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Objects as plain files under objects/BUCKET/KEY, with their order and attributes in metadata.db.
/// <code>
/// put     1 body -> staging/ID, digests checked, fsync file and folder      stop: removed at start, never seen
///         2 commit row (id, placed = 0)           <-- the object is new     stop: start does 3 and 4
///         3 rename staging/ID -> objects/...      acknowledge
///         4 later, many at once: fsync folders, commit placed = 1
/// delete  1 commit: row gone, file noted in 'removal'                       stop: start does 2 and 3
///         2 remove file                           acknowledge
///         3 later: fsync folders, commit: note gone
/// read    row, then staging/ID if not placed, else the file, then the row again: another id means it was replaced in
/// between
/// </code>
/// Where the bucket keeps versions, the file that a put or delete displaces gets a second name in staging/ before 2,
/// and that is renamed to versions/BUCKET/ID in 3 (<see cref="VersionFiles"/>).
/// One row commit decides what the object is, so old and new never mix. Writers of one key take turns; readers wait
/// for nobody.
/// </summary>
internal sealed partial class LocalObjectStore : IObjectStore
{
    private readonly StorageFolders _folders;
    private readonly ObjectIndex _index;
    private readonly Placement _placement;
    private readonly KeyLocks _locks;
    private readonly ObjectReader _reader;
    private readonly ObjectCopies _copies;
    private readonly Publisher _publisher;
    private readonly Deleter _deleter;
    private readonly VersionFiles _versions;
    private readonly BucketSettings _settings;
    private readonly LocalUploads _uploads;
    private readonly IdSource _ids;
    private readonly Action<PutStep> _reached;

    /// <summary><paramref name="reached"/> is called as the delete of a bucket passes its step.</summary>
    public LocalObjectStore(
        StorageFolders folders, ObjectIndex index, Placement placement, KeyLocks locks, ObjectReader reader,
        ObjectCopies copies, Publisher publisher, Deleter deleter, VersionFiles versions, BucketSettings settings,
        LocalUploads uploads, IdSource ids, Action<PutStep> reached)
    {
        _folders = folders;
        _index = index;
        _placement = placement;
        _locks = locks;
        _reader = reader;
        _copies = copies;
        _publisher = publisher;
        _deleter = deleter;
        _versions = versions;
        _settings = settings;
        _uploads = uploads;
        _ids = ids;
        _reached = reached;
    }

    public IReadOnlyList<string> LocalDirectories => [_folders.Objects];

    public string StagingDirectory => _folders.Staging;

    public async Task<BucketInfo> CreateBucketAsync(string bucket, CancellationToken cancellation)
    {
        BucketName.Check(bucket);
        var created = await _index.CreateBucketAsync(bucket).ConfigureAwait(false);
        _placement.CreateBucketFolder(bucket);
        return created;
    }

    public Task<BucketInfo?> FindBucketAsync(string bucket, CancellationToken cancellation) =>
        Task.FromResult(_index.FindBucket(bucket));

    public Task<IReadOnlyList<BucketInfo>> ListBucketsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<BucketInfo>>(_index.ListBuckets());

    public async Task DeleteBucketAsync(string bucket, CancellationToken cancellation)
    {
        var uploads = await _index.DeleteBucketAsync(bucket).ConfigureAwait(false);
        _settings.Reload(bucket);
        _reached(PutStep.UploadForgotten);
        _uploads.RemoveFolders(uploads);
        _placement.RemoveBucketFolder(bucket);
        _versions.RemoveFolder(bucket);
    }

    public Task<ObjectPage> ListAsync(string bucket, ObjectListing listing, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return listing.EntriesMax is >= 1 and <= 1000
            ? Task.FromResult(_index.List(bucket, listing))
            : throw ObjectErrors.InvalidKey($"a page has 1 to 1,000 entries, not {listing.EntriesMax}");
    }
}
