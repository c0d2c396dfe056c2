using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Storage.Objects.Remote.Uploads;

/// <summary>
/// Uploads under way, held in memory and written through: one Tarn owns a prefix. What is left of one that has ended is
/// removed when it ends, and what could not be removed then at the next start. Thread-safe.
/// </summary>
internal sealed partial class UploadLedger
{
    private readonly RemoteService _service;
    private readonly RemoteParts _parts;
    private readonly ILogger _log;
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private UploadLedger(RemoteService service, RemoteParts parts, ILogger log)
    {
        _service = service;
        _parts = parts;
        _log = log;
    }

    /// <summary>Reads every record; those of uploads or buckets that are gone are removed.</summary>
    public static async Task<UploadLedger> OpenAsync(
        RemoteService service, RemoteBuckets buckets, RemoteParts parts, ILogger log, CancellationToken cancellation)
    {
        var ledger = new UploadLedger(service, parts, log);
        await foreach (var place in service.ListNamesAsync(service.Names.UploadFolder, after: null, cancellation)
            .ConfigureAwait(false))
        {
            var name = service.Names.UploadFolder + place;
            if (place.Split('/') is not [var bucket, var id]
                || await service.FindRecordAsync(name, cancellation).ConfigureAwait(false) is not { } json)
            {
                continue;
            }

            var record = UploadRecord.Read(name, json);
            var entry = new Entry(record.ToUpload(bucket, id), record.Upload);
            if (buckets.Find(bucket)?.CreatedAt <= entry.Upload.Initiated
                && await ledger.IsUnderWayAsync(entry, cancellation).ConfigureAwait(false))
            {
                ledger._entries[id] = entry;
            }
            else
            {
                await ledger.AbortAsync(entry, cancellation).ConfigureAwait(false);
                await ledger.ClearAsync(entry.Upload).ConfigureAwait(false);
            }
        }

        return ledger;
    }

    /// <summary>Exactly that upload of exactly that key, or null.</summary>
    public Entry? Find(ObjectKey key, string uploadId)
    {
        lock (_entries)
        {
            return _entries.GetValueOrDefault(uploadId) is { } entry && entry.Upload.Key == key ? entry : null;
        }
    }

    /// <summary>Uploads of a bucket in the order of listings.</summary>
    public List<MultipartUpload> List(string bucket)
    {
        lock (_entries)
        {
            var found = _entries.Values.Select(entry => entry.Upload)
                .Where(upload => upload.Key.Bucket == bucket).ToList();
            found.Sort(UploadPages.Compare);
            return found;
        }
    }

    public async Task AddAsync(MultipartUpload upload, string serviceId, CancellationToken cancellation)
    {
        var entry = new Entry(upload, serviceId);
        try
        {
            await _service.PutRecordAsync(
                $"keeping an upload of {upload.Key}", _service.Names.Upload(upload.Key.Bucket, upload.UploadId),
                UploadRecord.From(upload, serviceId).Write(), cancellation).ConfigureAwait(false);
        }
        catch
        {
            await ClearAsync(upload).ConfigureAwait(false);
            throw;
        }

        lock (_entries)
        {
            _entries[upload.UploadId] = entry;
        }
    }

    /// <summary>Drops the upload's parts in the service; one that is gone there is none to drop.</summary>
    public async Task AbortAsync(Entry entry, CancellationToken cancellation)
    {
        var key = entry.Upload.Key;
        try
        {
            await _service.CallAsync(
                $"aborting an upload of {key}",
                (s3, stop) => s3.AbortMultipartUploadAsync(
                    _service.Bucket, _service.Names.Of(key), entry.ServiceId, stop),
                cancellation).ConfigureAwait(false);
        }
        catch (TarnException gone) when (gone.Code == "NoSuchUpload")
        {
            LogGone(_log, key, entry.ServiceId);
        }
    }

    /// <summary>The upload has ended. What cannot be removed now is logged and goes at the next start.</summary>
    public async Task ForgetAsync(MultipartUpload upload)
    {
        lock (_entries)
        {
            _entries.Remove(upload.UploadId);
        }

        await ClearAsync(upload).ConfigureAwait(false);
    }

    /// <summary>Ends all uploads of a bucket that is gone, and removes what it leaves.</summary>
    public async Task EndAllAsync(string bucket)
    {
        List<Entry> ended;
        lock (_entries)
        {
            ended = [.. _entries.Values.Where(entry => entry.Upload.Key.Bucket == bucket)];
            ended.ForEach(entry => _entries.Remove(entry.Upload.UploadId));
        }

        try
        {
            foreach (var entry in ended)
            {
                await AbortAsync(entry, CancellationToken.None).ConfigureAwait(false);
                await ClearAsync(entry.Upload).ConfigureAwait(false);
            }

            await _parts.RemoveAllAsync(bucket, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TarnException failure)
        {
            LogBucketLeft(_log, bucket, failure);
        }
    }

    private async Task<bool> IsUnderWayAsync(Entry entry, CancellationToken cancellation)
    {
        try
        {
            await PartPages.ReadAsync(_service, entry, after: 0, countMax: 1, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TarnException gone) when (gone.Code == "NoSuchUpload")
        {
            return false;
        }
    }

    private async Task ClearAsync(MultipartUpload upload)
    {
        var (bucket, id) = (upload.Key.Bucket, upload.UploadId);
        try
        {
            if (upload.Checksum is not null)
            {
                await _service.RemoveRecordsAsync(
                    _service.Names.PartMarks(bucket, id), kept: null, CancellationToken.None).ConfigureAwait(false);
            }

            await _service.RemoveRecordAsync(_service.Names.Upload(bucket, id), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (TarnException failure)
        {
            LogUploadLeft(_log, id, upload.Key, failure);
        }
    }

    [LoggerMessage(2022, LogLevel.Debug, "upload {UploadId} of {Key} was gone from the storage")]
    private static partial void LogGone(ILogger log, ObjectKey key, string uploadId);

    [LoggerMessage(2023, LogLevel.Warning,
        "records of upload {UploadId} of {Key} are left in the storage; removed at the next start")]
    private static partial void LogUploadLeft(ILogger log, string uploadId, ObjectKey key, Exception failure);

    [LoggerMessage(2024, LogLevel.Warning,
        "uploads or records of bucket '{Bucket}', which is gone, are left in the storage")]
    private static partial void LogBucketLeft(ILogger log, string bucket, Exception failure);

    /// <param name="ServiceId">The service's own id of it.</param>
    internal sealed record Entry(MultipartUpload Upload, string ServiceId);
}
