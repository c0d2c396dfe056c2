using Amazon.S3.Model;
using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Objects.Multipart;
using MultipartUpload = Tarn.Storage.Objects.Multipart.MultipartUpload;

namespace Tarn.Storage.Objects.Remote.Uploads;

/// <summary>
/// Uploads in parts as uploads of the service's own, with records beside them of what no service keeps for all.
/// <code>
/// create    1 the service begins an upload                                stop: for the service's lifecycle rule
///           2 record in .tarn/uploads/            <-- the upload is there
/// part      1 body to staging/ID, digests checked                         stop: removed at start
///           2 the service takes it                                        stop: there, or none if it has a checksum
///           3 mark in .tarn/checksums/            <-- the part is there
/// complete  1 record in .tarn/parts/                                      stop: says nothing, upload stands
///           2 the service makes the object        <-- the object is there
///           3 records of the upload removed                               stop: start does it
/// abort     1 the service drops the upload        <-- the upload is gone
///           2 records of the upload removed                               stop: start does it
/// </code>
/// The object names its upload in metadata, so a completion that is repeated because its answer was lost finds the
/// object that the first one made. Completions and the abort of one upload take turns; parts wait for nobody.
/// </summary>
internal sealed partial class RemoteUploads : IMultipartUploads
{
    private const int ListEntriesMax = 1000;

    private readonly RemoteService _service;
    private readonly RemoteBuckets _buckets;
    private readonly RemoteObjectStore _objects;
    private readonly RemoteParts _parts;
    private readonly UploadLedger _ledger;
    private readonly KeyLocks _locks;
    private readonly KeyLocks _turns = new();
    private readonly TimeProvider _clock;
    private readonly IdSource _ids;
    private readonly ILogger _log;
    private readonly Action<UploadStep> _reached;

    /// <param name="locks">Those of the object store.</param>
    public RemoteUploads(
        RemoteService service, RemoteBuckets buckets, RemoteObjectStore objects, RemoteParts parts,
        UploadLedger ledger, KeyLocks locks, TimeProvider clock, IdSource ids, ILogger log,
        Action<UploadStep> reached)
    {
        _service = service;
        _buckets = buckets;
        _objects = objects;
        _parts = parts;
        _ledger = ledger;
        _locks = locks;
        _clock = clock;
        _ids = ids;
        _log = log;
        _reached = reached;
    }

    public async Task<MultipartUpload> CreateAsync(
        ObjectKey key, ObjectAttributes attributes, UploadChecksum? checksum, CancellationToken cancellation)
    {
        var name = _service.Names.Of(key);
        UploadRules.Check(checksum);
        using var visit = _buckets.Enter(key.Bucket);
        var id = _ids.Next().ToString("N");
        var begin = new InitiateMultipartUploadRequest { BucketName = _service.Bucket, Key = name };
        RemoteAttributes.Write(attributes, checksum: null, begin.Headers, begin.Metadata);
        RemoteAttributes.WriteUpload(id, begin.Metadata);
        begin.TagSet = attributes.Tags.Count == 0 ? null : RemoteAttributes.Tags(attributes.Tags);
        var begun = await _service.CallAsync(
            $"beginning an upload of {key}", (s3, stop) => s3.InitiateMultipartUploadAsync(begin, stop), cancellation)
            .ConfigureAwait(false);
        _reached(UploadStep.Begun);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds());
        var upload = new MultipartUpload(key, id, now, RemoteObjectStore.Kept(attributes), checksum);
        try
        {
            await _ledger.AddAsync(upload, begun.UploadId, cancellation).ConfigureAwait(false);
        }
        catch (TarnException)
        {
            await _objects.TakeBackAsync(key, begun.UploadId).ConfigureAwait(false);
            throw;
        }

        _reached(UploadStep.Recorded);
        return upload;
    }

    public Task<MultipartUpload?> FindAsync(ObjectKey key, string uploadId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Find(key, uploadId)?.Upload);
    }

    public async Task<UploadedPart> PutPartAsync(
        ObjectKey key, string uploadId, int number, Stream body, ObjectAttributes attributes,
        CancellationToken cancellation)
    {
        if (number is < 1 or > UploadRules.PartNumberMax)
            throw UploadErrors.PartNumber(number);
        var entry = Require(key, uploadId);
        var path = Path.Combine(_objects.StagingDirectory, _ids.Next().ToString("N"));
        var staged = await RemoteStaging.WriteAsync(path, key, body, attributes, cancellation).ConfigureAwait(false);
        try
        {
            var checksum = UploadRules.OfPart(number, entry.Upload.Checksum, attributes.Checksum?.Invoke());
            return await SendPartAsync(entry, number, staged, checksum, cancellation).ConfigureAwait(false);
        }
        catch (TarnException gone) when (gone.Code == "NoSuchUpload")
        {
            throw await EndedAsync(entry).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public async Task<IReadOnlyList<UploadedPart>> ListPartsAsync(
        ObjectKey key, string uploadId, int after, int countMax, CancellationToken cancellation)
    {
        var entry = Require(key, uploadId);
        var count = Math.Clamp(countMax, 0, ListEntriesMax);
        if (count == 0 || after >= UploadRules.PartNumberMax)
        {
            return [];
        }

        try
        {
            var rows = await PartPages.ReadAsync(_service, entry, after, count, cancellation).ConfigureAwait(false);
            return [.. rows.Select(row => row.ToPart(entry.Upload.Checksum))];
        }
        catch (TarnException gone) when (gone.Code == "NoSuchUpload")
        {
            throw await EndedAsync(entry).ConfigureAwait(false);
        }
    }

    public Task<UploadPage> ListAsync(
        string bucket, ObjectListing listing, string? afterUploadId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (listing.EntriesMax is < 1 or > ListEntriesMax)
            throw ObjectErrors.InvalidKey($"a page has 1 to 1,000 entries, not {listing.EntriesMax}");
        if (afterUploadId is not null && !Guid.TryParseExact(afterUploadId, "N", out _))
            throw ObjectErrors.InvalidKey($"'{afterUploadId}' is not an upload id");
        _buckets.Require(bucket);
        return Task.FromResult(UploadPages.Page(_ledger.List(bucket), listing, afterUploadId));
    }

    public async Task AbortAsync(ObjectKey key, string uploadId, CancellationToken cancellation)
    {
        using var turn = await EnterAsync(uploadId, cancellation).ConfigureAwait(false);
        var entry = Require(key, uploadId);
        await _ledger.AbortAsync(entry, cancellation).ConfigureAwait(false);
        _reached(UploadStep.Aborted);
        await _parts.RemoveAsync(key, uploadId, cancellation).ConfigureAwait(false);
        await _ledger.ForgetAsync(entry.Upload).ConfigureAwait(false);
        _reached(UploadStep.Forgotten);
    }

    private async Task<UploadedPart> SendPartAsync(
        UploadLedger.Entry entry, int number, RemoteStaging staged, ObjectChecksum? checksum,
        CancellationToken cancellation)
    {
        var (key, id) = (entry.Upload.Key, entry.Upload.UploadId);
        var sent = await _service.CallAsync(
            $"putting part {number} of {key}",
            (s3, stop) => s3.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = _service.Bucket,
                    Key = _service.Names.Of(key),
                    UploadId = entry.ServiceId,
                    PartNumber = number,
                    FilePath = staged.Path,
                    PartSize = staged.Size,
                    MD5Digest = Convert.ToBase64String(Convert.FromHexString(staged.Md5)),
                },
                stop),
            cancellation).ConfigureAwait(false);
        _reached(UploadStep.PartSent);
        var etag = sent.ETag.Trim('"');
        if (checksum is not null)
        {
            var mark = new PartMark(number, etag, checksum.Value);
            await _service.PutRecordAsync(
                $"keeping the checksum of part {number} of {key}",
                _service.Names.PartMarks(key.Bucket, id) + mark.Name, [], cancellation).ConfigureAwait(false);
        }

        _reached(UploadStep.PartMarked);

        // A service does not say when it dated the part. One that was replaced by now is told by another ETag.
        var found = await PartPages.ReadAsync(_service, entry, number - 1, 1, cancellation).ConfigureAwait(false);
        return found is [var row] && row.Number == number && row.ETag == etag
            ? row.ToPart(entry.Upload.Checksum)
            : new UploadedPart(number, staged.Size, etag, RemoteTime.Of(_clock.GetUtcNow().UtcDateTime), checksum);
    }

    /// <summary>The service has dropped it, as its lifecycle rules may.</summary>
    private async Task<TarnException> EndedAsync(UploadLedger.Entry entry)
    {
        await _ledger.ForgetAsync(entry.Upload).ConfigureAwait(false);
        return UploadErrors.NoSuchUpload(entry.Upload.Key, entry.Upload.UploadId);
    }

    // The turn of an upload, not of its key: another one than the key's, which a completion takes within it.
    private Task<IDisposable> EnterAsync(string uploadId, CancellationToken cancellation) =>
        _turns.EnterAsync(new ObjectKey(uploadId, ""), cancellation);

    private UploadLedger.Entry Require(ObjectKey key, string uploadId) =>
        Find(key, uploadId) ?? throw UploadErrors.NoSuchUpload(key, uploadId);

    private UploadLedger.Entry? Find(ObjectKey key, string uploadId)
    {
        _ = _service.Names.Of(key);
        _buckets.Require(key.Bucket);
        return _ledger.Find(key, uploadId);
    }
}
