using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Storage.Objects.Local.Uploads;

/// <summary>
/// Uploads in parts: a file per part, joined in the kernel when the upload is completed.
/// <code>
/// create    1 folder uploads/ID, synced                                     stop: removed at start
///           2 commit row of 'upload'                <-- the upload is there
/// part      1 body -> uploads/ID/NUMBER-PARTID, digests checked, fsync      stop: removed at start
///           2 commit row of 'part'                  <-- the part is there
///           3 remove the file of a part that it replaced                    stop before: start does it
/// complete  1 parts -> staging/OBJECTID, fsync                              stop: removed at start, upload stands
///           2 commit: row of 'object', rows of upload and parts gone        <-- the object is there, the upload gone
///           3 as in a put                                                   stop: start does 3 and 4
///           4 remove folder uploads/ID
/// abort     1 commit: rows gone                                             stop: start does 2
///           2 remove folder uploads/ID
/// </code>
/// The object's parts keep the upload's id, so a completion that is repeated because its answer was lost finds the
/// object that the first one made. Completions and the abort of one upload take turns; parts wait for nobody.
/// </summary>
internal sealed partial class LocalUploads(
    ObjectIndex objects, UploadIndex uploads, UploadFolders folders, Publisher publisher, IdSource ids, ILogger log,
    Action<PutStep> reached, long partBytesMin) : IMultipartUploads
{
    /// <summary>What S3 demands of every part but the last.</summary>
    public const long PartBytesMin = UploadRules.PartBytesMin;

    private const int PartNumberMax = UploadRules.PartNumberMax;
    private const int ListEntriesMax = 1000;

    private readonly KeyLocks _turns = new();

    public async Task<MultipartUpload> CreateAsync(
        ObjectKey key, ObjectAttributes attributes, UploadChecksum? checksum, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectKeyRules.Check(key);
        UploadRules.Check(checksum);
        if (objects.FindBucket(key.Bucket) is null)
            throw ObjectErrors.NoSuchBucket(key.Bucket);
        var id = ids.Next();
        Disk.Run(() => folders.Create(id), "beginning an upload");
        reached(PutStep.UploadFolderMade);
        try
        {
            var row = await uploads.AddAsync(key, id, attributes, checksum).ConfigureAwait(false);
            reached(PutStep.UploadCommitted);
            return row.ToUpload();
        }
        catch (TarnException refused) when (refused.Kind == ErrorKind.NotFound)
        {
            RemoveFolder(id);
            throw;
        }
    }

    public Task<MultipartUpload?> FindAsync(ObjectKey key, string uploadId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Find(key, uploadId)?.ToUpload());
    }

    public async Task<UploadedPart> PutPartAsync(
        ObjectKey key, string uploadId, int number, Stream body, ObjectAttributes attributes,
        CancellationToken cancellation)
    {
        if (number is < 1 or > PartNumberMax)
            throw UploadErrors.PartNumber(number);
        var upload = Require(key, uploadId);
        var kind = upload.ToUpload().Checksum;
        var part = new PartRow(number, Size: 0, ETag: "", Modified: 0, Checksum: null, ids.Next());
        var path = folders.FileOf(upload.Id, part);
        try
        {
            var staged = await StagedFile
                .WriteAsync(path, key, body, WithChecksum(attributes, number, kind), cancellation)
                .ConfigureAwait(false);
            part = part with { Size = staged.Size, ETag = staged.ETag, Checksum = staged.Checksum?.Value };
            Disk.Run(() => folders.Sync(upload.Id), "writing a part");
            reached(PutStep.PartStaged);
            var (row, replaced) = await uploads.PutPartAsync(upload, part).ConfigureAwait(false);
            reached(PutStep.PartCommitted);
            if (replaced is not null)
            {
                RemoveFile(folders.FileOf(upload.Id, replaced));
            }

            return row.ToPart(kind);
        }
        catch (TarnException failure) when (failure.Kind is ErrorKind.NotFound or ErrorKind.Unavailable)
        {
            // The upload may have ended meanwhile, and its folder gone: then this file goes too.
            if (Find(key, uploadId) is not null)
                throw;
            RemoveFolder(upload.Id);
            throw UploadErrors.NoSuchUpload(key, uploadId);
        }
    }

    public Task<IReadOnlyList<UploadedPart>> ListPartsAsync(
        ObjectKey key, string uploadId, int after, int countMax, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var upload = Require(key, uploadId);
        var kind = upload.ToUpload().Checksum;
        var parts = uploads.ListParts(upload.Id, after, Math.Clamp(countMax, 0, ListEntriesMax));
        return Task.FromResult<IReadOnlyList<UploadedPart>>([.. parts.Select(part => part.ToPart(kind))]);
    }

    public Task<UploadPage> ListAsync(
        string bucket, ObjectListing listing, string? afterUploadId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (listing.EntriesMax is < 1 or > ListEntriesMax)
            throw ObjectErrors.InvalidKey($"a page has 1 to 1,000 entries, not {listing.EntriesMax}");
        Guid? after = afterUploadId is null
            ? null
            : Parse(afterUploadId) ?? throw ObjectErrors.InvalidKey($"'{afterUploadId}' is not an upload id");
        return Task.FromResult(uploads.List(bucket, listing, after));
    }

    public async Task AbortAsync(ObjectKey key, string uploadId, CancellationToken cancellation)
    {
        var id = Require(key, uploadId).Id;
        using var turn = await EnterAsync(uploadId, cancellation).ConfigureAwait(false);
        if (!await uploads.RemoveAsync(key, id).ConfigureAwait(false))
            throw UploadErrors.NoSuchUpload(key, uploadId);
        reached(PutStep.UploadForgotten);
        RemoveFolder(id);
        reached(PutStep.PartsRemoved);
    }

    /// <summary>Clears what is left of uploads whose rows are gone.</summary>
    public void RemoveFolders(IEnumerable<Guid> forgotten)
    {
        foreach (var id in forgotten)
        {
            RemoveFolder(id);
        }
    }

    /// <summary>The part's checksum is what the upload was begun with, or nothing is kept.</summary>
    private static ObjectAttributes WithChecksum(ObjectAttributes attributes, int number, UploadChecksum? kind) =>
        attributes with { Checksum = () => UploadRules.OfPart(number, kind, attributes.Checksum?.Invoke()) };

    // The turn of an upload, not of its key: another one than the key's, which the publisher takes within it.
    private Task<IDisposable> EnterAsync(string uploadId, CancellationToken cancellation) =>
        _turns.EnterAsync(new ObjectKey(uploadId, ""), cancellation);

    private UploadRow Require(ObjectKey key, string uploadId) =>
        Find(key, uploadId) ?? throw UploadErrors.NoSuchUpload(key, uploadId);

    private UploadRow? Find(ObjectKey key, string uploadId)
    {
        ObjectKeyRules.Check(key);
        return uploads.Find(key, Parse(uploadId) ?? Guid.Empty);
    }

    /// <summary>Exactly as it was given out; null: it never was.</summary>
    private static Guid? Parse(string uploadId) =>
        Guid.TryParseExact(uploadId, "N", out var id) && id.ToString("N") == uploadId ? id : null;

    private void RemoveFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(log, path, failure);
        }
    }

    private void RemoveFolder(Guid upload)
    {
        try
        {
            folders.Remove(upload);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(log, folders.FolderOf(upload), failure);
        }
    }

    [LoggerMessage(2007, LogLevel.Warning,
        "{Path} of an upload is of no use but still there; removed at the next start")]
    private static partial void LogNotRemoved(ILogger log, string path, Exception failure);
}
