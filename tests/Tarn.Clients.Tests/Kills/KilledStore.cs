using Amazon.S3;
using Amazon.S3.Model;

namespace Tarn.Clients.Tests.Kills;

/// <summary>
/// Looks at everything that a server has after a start, against what was acknowledged before the kill.
/// </summary>
internal sealed class KilledStore(AmazonS3Client s3, string bucket, string data, ObjectLedger ledger)
{
    /// <summary>Objects, uploads and files; afterwards nothing is in doubt.</summary>
    public async Task CheckAsync(IReadOnlyList<KnownUpload> known)
    {
        var objects = await ReadAllAsync();
        foreach (var key in ledger.Keys)
        {
            var hash = objects.GetValueOrDefault(key);
            Assert.True(ledger.MayHold(key, hash), $"'{key}' holds {hash ?? "nothing"}, which cannot be");
        }

        Assert.Empty(objects.Keys.Except(ledger.Keys));
        foreach (var key in ledger.Keys)
        {
            ledger.Settle(key, objects.GetValueOrDefault(key));
        }

        Assert.Empty(StoredFiles.Staged(data));
        Assert.Equal(objects.Values.Order(StringComparer.Ordinal), StoredFiles.Hashes(data, bucket));
        await CheckUploadsAsync(known);
    }

    /// <summary>
    /// Every upload that stands is ended: those that have all their parts by their completion, the others aborted.
    /// </summary>
    public async Task EndUploadsAsync(IReadOnlyList<KnownUpload> known, Func<KnownUpload, Task> completeAsync)
    {
        foreach (var listed in await ListUploadsAsync())
        {
            var upload = known.SingleOrDefault(candidate => candidate.Id == listed.UploadId);
            if (upload is { Hash: { } hash, InDoubt.Count: 0 })
            {
                await completeAsync(upload);
                Assert.Equal(hash, await ReadAsync(upload.Key));
            }
            else
            {
                await s3.AbortMultipartUploadAsync(bucket, listed.Key, listed.UploadId);
            }
        }

        Assert.Empty(StoredFiles.Uploads(data));
    }

    private async Task CheckUploadsAsync(IReadOnlyList<KnownUpload> known)
    {
        var listed = await ListUploadsAsync();
        var ids = listed.Select(upload => upload.UploadId).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(ids, StoredFiles.Uploads(data));
        Assert.DoesNotContain(known, upload => upload.IsEnded && ids.Contains(upload.Id));
        Assert.DoesNotContain(known, upload => !upload.IsEnding && !ids.Contains(upload.Id));
        foreach (var upload in listed)
        {
            var parts = (await s3.ListPartsAsync(bucket, upload.Key, upload.UploadId)).Parts ?? [];
            Assert.Equal(parts.Select(part => part.Size!.Value), StoredFiles.PartSizes(data, upload.UploadId));
            var sender = known.SingleOrDefault(candidate => candidate.Id == upload.UploadId);
            foreach (var (number, etag) in sender?.Parts ?? [])
            {
                var part = Assert.Single(parts, part => part.PartNumber == number);
                Assert.True(part.ETag == etag || sender!.InDoubt.Contains(number), $"part {number} is another");
            }
        }
    }

    private async Task<List<MultipartUpload>> ListUploadsAsync() =>
        (await s3.ListMultipartUploadsAsync(bucket)).MultipartUploads ?? [];

    private async Task<Dictionary<string, string>> ReadAllAsync()
    {
        var objects = new Dictionary<string, string>(StringComparer.Ordinal);
        var listing = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket });
        Assert.False(listing.IsTruncated);
        foreach (var entry in listing.S3Objects ?? [])
        {
            objects.Add(entry.Key, await ReadAsync(entry.Key));
        }

        return objects;
    }

    private async Task<string> ReadAsync(string key)
    {
        using var got = await s3.GetObjectAsync(bucket, key);
        using var bytes = new MemoryStream();
        await got.ResponseStream.CopyToAsync(bytes);
        return SeededBody.HashOf(bytes.ToArray());
    }
}
