using Amazon.S3.Model;
using Microsoft.Extensions.Logging;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Remote.Uploads;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// Objects in an S3 service, each under its own key below a prefix; buckets are folders there. What is durable and
/// when it is seen is the service's promise: whole or not at all, when a put returns. One Tarn owns the prefix, others
/// may read it.
/// <code>
/// put        body -> staging/ID, digests checked -> one request, or parts and one that makes them the object
/// read       one request per object, taken up again where it broke off, of the same version only
/// open local HEAD for the version, then its copy in cache/objects/ (see <see cref="ObjectCache"/>)
/// </code>
/// </summary>
internal sealed partial class RemoteObjectStore : IObjectStore
{
    private readonly RemoteService _service;
    private readonly RemoteBuckets _buckets;
    private readonly RemoteFolders _folders;
    private readonly ObjectCache _cache;
    private readonly RemoteUpload _upload;
    private readonly RemoteParts _parts;
    private readonly UploadLedger _ledger;
    private readonly KeyLocks _locks;
    private readonly TimeProvider _clock;
    private readonly IdSource _ids;

    public RemoteObjectStore(
        RemoteService service, RemoteBuckets buckets, RemoteFolders folders, ObjectCache cache, RemoteParts parts,
        UploadLedger ledger, KeyLocks locks, TimeProvider clock, IdSource ids, ILogger log)
    {
        _service = service;
        _buckets = buckets;
        _folders = folders;
        _cache = cache;
        _upload = new RemoteUpload(service, log);
        _parts = parts;
        _ledger = ledger;
        _locks = locks;
        _clock = clock;
        _ids = ids;
    }

    public IReadOnlyList<string> LocalDirectories => [_folders.Cache];

    public string StagingDirectory => _folders.Staging;

    public Task<BucketInfo> CreateBucketAsync(string bucket, CancellationToken cancellation) =>
        _buckets.CreateAsync(bucket, cancellation);

    public Task<BucketInfo?> FindBucketAsync(string bucket, CancellationToken cancellation) =>
        Task.FromResult(_buckets.Find(bucket));

    public Task<IReadOnlyList<BucketInfo>> ListBucketsAsync(CancellationToken cancellation) =>
        Task.FromResult(_buckets.List());

    public Task DeleteBucketAsync(string bucket, CancellationToken cancellation) =>
        _buckets.DeleteAsync(bucket, () => _ledger.EndAllAsync(bucket), cancellation);

    /// <summary>
    /// Entries carry name, size, ETag and date; a service lists no more. The service names a common prefix again when
    /// the page begins inside it, which is then left out.
    /// </summary>
    public async Task<ObjectPage> ListAsync(
        string bucket, ObjectListing listing, CancellationToken cancellation)
    {
        if (listing.EntriesMax is < 1 or > 1000)
            throw ObjectErrors.InvalidKey($"a page has 1 to 1,000 entries, not {listing.EntriesMax}");
        _buckets.Require(bucket);
        if (listing.Delimiter is { Length: > 1 })
            return await RemoteFold.RunAsync(_service, bucket, listing, cancellation).ConfigureAwait(false);
        var folder = _service.Names.Folder(bucket);
        var request = new ListObjectsV2Request
        {
            Prefix = folder + listing.Prefix,
            Delimiter = listing.Delimiter is { Length: > 0 } ? listing.Delimiter : null,
            StartAfter = listing.After is { Length: > 0 } ? folder + listing.After : null,
            MaxKeys = listing.EntriesMax,
        };
        var passed = RemoteListing.PassedPrefix(listing);
        while (true)
        {
            var answer = await _service.ListAsync(request, cancellation).ConfigureAwait(false);
            var page = RemoteListing.Page(_service.Names, bucket, answer, passed);
            if (page.Objects.Count + page.CommonPrefixes.Count > 0 || answer.IsTruncated != true)
            {
                return page;
            }

            request.ContinuationToken = answer.NextContinuationToken;
        }
    }
}
