using System.Collections.Concurrent;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Local.Uploads;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// Sends a staged file: in one request, or from 16 MiB on in parts, each read straight from the file. The object is
/// visible when the last request has succeeded; parts of an upload that failed are taken back.
/// </summary>
internal sealed partial class RemoteUpload(RemoteService service, ILogger log)
{
    public const long PartBytesMin = 16 << 20;

    private const int PartsMax = 10_000;
    private const int PartsAtOnce = 4;

    /// <summary>Returns the object's ETag.</summary>
    public Task<string> RunAsync(
        ObjectKey key, RemoteStaging file, ObjectAttributes attributes, ObjectChecksum? checksum,
        CancellationToken cancellation) => IsInParts(file)
            ? PutInPartsAsync(key, file, attributes, checksum, cancellation)
            : PutAsync(key, file, attributes, checksum, cancellation);

    /// <summary>That of the completed object; radosgw does not say it, where it is S3's own.</summary>
    public static string ETag(CompleteMultipartUploadResponse answer, List<PartETag> parts) =>
        answer.ETag is { Length: > 0 } etag
            ? etag.Trim('"')
            : PartChoice.ETag([.. parts.Select(part => part.ETag.Trim('"'))]);

    public static bool IsInParts(RemoteStaging file) => file.Size > PartBytesMin;

    private async Task<string> PutAsync(
        ObjectKey key, RemoteStaging file, ObjectAttributes attributes, ObjectChecksum? checksum,
        CancellationToken cancellation)
    {
        var answer = await service.CallAsync(
            $"putting {key}",
            (s3, stop) =>
            {
                var request = new PutObjectRequest
                {
                    BucketName = service.Bucket,
                    Key = service.Names.Of(key),
                    FilePath = file.Path,
                    MD5Digest = Convert.ToBase64String(Convert.FromHexString(file.Md5)),
                    IfMatch = Quoted(attributes.Condition?.IfMatch),
                    IfNoneMatch = attributes.Condition is { IfAbsent: true } ? "*" : null,
                };
                RemoteAttributes.Write(attributes, checksum, request.Headers, request.Metadata);
                request.TagSet = attributes.Tags.Count == 0 ? null : RemoteAttributes.Tags(attributes.Tags);
                return s3.PutObjectAsync(request, stop);
            },
            cancellation).ConfigureAwait(false);
        return answer.ETag.Trim('"');
    }

    private async Task<string> PutInPartsAsync(
        ObjectKey key, RemoteStaging file, ObjectAttributes attributes, ObjectChecksum? checksum,
        CancellationToken cancellation)
    {
        var name = service.Names.Of(key);
        var begin = new InitiateMultipartUploadRequest { BucketName = service.Bucket, Key = name };
        RemoteAttributes.Write(attributes, checksum, begin.Headers, begin.Metadata);
        begin.TagSet = attributes.Tags.Count == 0 ? null : RemoteAttributes.Tags(attributes.Tags);
        var upload = await service.CallAsync(
            $"putting {key}", (s3, stop) => s3.InitiateMultipartUploadAsync(begin, stop), cancellation)
            .ConfigureAwait(false);
        try
        {
            var parts = await SendPartsAsync(key, name, upload.UploadId, file, cancellation).ConfigureAwait(false);
            var complete = new CompleteMultipartUploadRequest
            {
                BucketName = service.Bucket,
                Key = name,
                UploadId = upload.UploadId,
                PartETags = parts,
                IfMatch = Quoted(attributes.Condition?.IfMatch),
                IfNoneMatch = attributes.Condition is { IfAbsent: true } ? "*" : null,
            };
            var answer = await service.CallAsync(
                $"putting {key}", (s3, stop) => s3.CompleteMultipartUploadAsync(complete, stop), cancellation)
                .ConfigureAwait(false);
            return ETag(answer, parts);
        }
        catch
        {
            await TakeBackAsync(key, name, upload.UploadId).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<List<PartETag>> SendPartsAsync(
        ObjectKey key, string name, string uploadId, RemoteStaging file, CancellationToken cancellation)
    {
        var partBytes = Math.Max(PartBytesMin, (file.Size + PartsMax - 1) / PartsMax);
        var count = (int)((file.Size + partBytes - 1) / partBytes);
        var sent = new ConcurrentBag<PartETag>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, count), parallel, async (index, stop) =>
        {
            var part = await service.CallAsync(
                $"putting part {index + 1} of {key}",
                (s3, ended) => s3.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = service.Bucket,
                        Key = name,
                        UploadId = uploadId,
                        PartNumber = index + 1,
                        FilePath = file.Path,
                        FilePosition = index * partBytes,
                        PartSize = Math.Min(partBytes, file.Size - (index * partBytes)),
                    },
                    ended),
                stop).ConfigureAwait(false);
            sent.Add(new PartETag(index + 1, part.ETag));
        }).ConfigureAwait(false);
        return [.. sent.OrderBy(part => part.PartNumber)];
    }

    public async Task TakeBackAsync(ObjectKey key, string name, string uploadId)
    {
        try
        {
            await service.CallAsync(
                $"taking back parts of {key}",
                (s3, stop) => s3.AbortMultipartUploadAsync(service.Bucket, name, uploadId, stop),
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (TarnException failure)
        {
            LogPartsLeft(log, key, uploadId, failure);
        }
    }

    private static string? Quoted(string? etag) => etag is null ? null : $"\"{etag}\"";

    [LoggerMessage(2020, LogLevel.Warning,
        "parts of {Key} are left in the storage, upload {UploadId}; a lifecycle rule of the storage removes such")]
    private static partial void LogPartsLeft(ILogger log, ObjectKey key, string uploadId, Exception failure);
}
