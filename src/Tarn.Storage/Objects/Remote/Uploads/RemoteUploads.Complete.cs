using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Storage.Objects.Remote.Uploads;

internal sealed partial class RemoteUploads
{
    private const string InvalidPart = "InvalidPart";

    public async Task<ObjectInfo> CompleteAsync(
        ObjectKey key, string uploadId, IReadOnlyList<CompletedPart> parts, string? checksum, PutCondition? condition,
        CancellationToken cancellation)
    {
        using var turn = await EnterAsync(uploadId, cancellation).ConfigureAwait(false);
        if (Find(key, uploadId) is not { } entry)
        {
            return await FindCompletedAsync(key, uploadId, parts, cancellation).ConfigureAwait(false)
                ?? throw UploadErrors.NoSuchUpload(key, uploadId);
        }

        await _service.Abilities.CheckAsync(condition, RemoteWrite.Completion, cancellation).ConfigureAwait(false);
        using var visit = _buckets.Enter(key.Bucket);
        try
        {
            var stored = await PartPages
                .ReadAsync(_service, entry, after: 0, UploadRules.PartNumberMax, cancellation).ConfigureAwait(false);
            var chosen = PartChoice.Choose(parts, stored, UploadRules.PartBytesMin);
            var objectChecksum = PartChoice.Checksum(key, entry.Upload.Checksum, chosen, checksum);
            return await MakeAsync(entry, chosen, objectChecksum, condition, cancellation).ConfigureAwait(false);
        }
        catch (TarnException refused) when (refused.Code == InvalidPart && refused.InnerException is AmazonS3Exception)
        {
            throw new TarnException(
                ErrorKind.Unsupported, $"the storage did not complete an upload of {key}", refused.Detail,
                "some services want every part named that was put; abort the upload and begin another", refused)
            {
                Code = "NotImplemented",
            };
        }
        catch (TarnException gone) when (gone.Code == "NoSuchUpload")
        {
            // Dropped by the service, or completed by a request whose answer was lost.
            var made = await FindCompletedAsync(key, uploadId, parts, cancellation).ConfigureAwait(false);
            var ended = await EndedAsync(entry).ConfigureAwait(false);
            return made ?? throw ended;
        }
    }

    private async Task<ObjectInfo> MakeAsync(
        UploadLedger.Entry entry, List<PartRow> chosen, ObjectChecksum? checksum, PutCondition? condition,
        CancellationToken cancellation)
    {
        var (key, id) = (entry.Upload.Key, entry.Upload.UploadId);
        using var turn = await _locks.EnterAsync(key, cancellation).ConfigureAwait(false);
        List<ObjectPart> parts = [.. chosen.Select(part => new ObjectPart(part.Number, part.Size, part.Checksum))];
        await _parts.WriteAsync(key, id, PartsRecord.From(parts, checksum), cancellation).ConfigureAwait(false);
        _reached(UploadStep.PartsRecorded);
        var etag = await CompleteAtServiceAsync(entry, chosen, condition, cancellation).ConfigureAwait(false);
        _reached(UploadStep.Made);
        await ClearAsync(entry).ConfigureAwait(false);
        _reached(UploadStep.Forgotten);
        var found = await _objects.FindMadeAsync(key, etag, entry.Upload.Attributes.Tags, cancellation)
            .ConfigureAwait(false);
        return found ?? new ObjectInfo(
            key, chosen.Sum(part => part.Size), etag, RemoteTime.Of(_clock.GetUtcNow().UtcDateTime),
            entry.Upload.Attributes)
        {
            Checksum = checksum,
            Parts = parts,
        };
    }

    /// <summary>Returns the object's ETag.</summary>
    private async Task<string> CompleteAtServiceAsync(
        UploadLedger.Entry entry, List<PartRow> chosen, PutCondition? condition, CancellationToken cancellation)
    {
        var key = entry.Upload.Key;
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = _service.Bucket,
            Key = _service.Names.Of(key),
            UploadId = entry.ServiceId,
            PartETags = [.. chosen.Select(part => new PartETag(part.Number, $"\"{part.ETag}\""))],
            IfMatch = condition?.IfMatch is { } etag ? $"\"{etag}\"" : null,
            IfNoneMatch = condition is { IfAbsent: true } ? "*" : null,
        };
        try
        {
            var answer = await _service.CallAsync(
                $"completing an upload of {key}",
                (s3, stop) => s3.CompleteMultipartUploadAsync(request, stop), cancellation).ConfigureAwait(false);
            return RemoteUpload.ETag(answer, request.PartETags);
        }
        catch (TarnException refused) when (refused.Code == "PreconditionFailed" && condition?.IfMatch is not null)
        {
            // Some services say the same when there is no object at all.
            if (await _objects.FindAsync(key, cancellation).ConfigureAwait(false) is null)
                throw ObjectErrors.NoSuchKey(key);
            throw;
        }
    }

    /// <summary>The object is there whatever becomes of this.</summary>
    private async Task ClearAsync(UploadLedger.Entry entry)
    {
        var (key, id) = (entry.Upload.Key, entry.Upload.UploadId);
        await _ledger.ForgetAsync(entry.Upload).ConfigureAwait(false);
        try
        {
            await _parts.RemoveOthersAsync(key, id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TarnException failure)
        {
            LogPartsLeft(_log, key, failure);
        }
    }

    /// <summary>The object, if it is the one that this upload became of these parts.</summary>
    private async Task<ObjectInfo?> FindCompletedAsync(
        ObjectKey key, string uploadId, IReadOnlyList<CompletedPart> parts, CancellationToken cancellation) =>
        await _objects.FindWithUploadAsync(key, cancellation).ConfigureAwait(false) is var (info, upload)
            && upload == uploadId
            && parts.All(part => part.ETag.Length == 32 && part.ETag.All(char.IsAsciiHexDigit))
            && info.ETag == PartChoice.ETag([.. parts.Select(part => part.ETag)])
                ? info
                : null;

    [LoggerMessage(2025, LogLevel.Warning,
        "records of earlier versions of {Key} are left in the storage; removed with the next upload to it")]
    private static partial void LogPartsLeft(ILogger log, ObjectKey key, Exception failure);
}
