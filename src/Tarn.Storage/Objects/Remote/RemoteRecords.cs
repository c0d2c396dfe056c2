using System.Runtime.CompilerServices;
using Amazon.S3.Model;

namespace Tarn.Storage.Objects.Remote;

/// <summary>Small objects of Tarn's own in the service, below <c>PREFIX/.tarn/</c>.</summary>
internal static class RemoteRecords
{
    private const int RemovalsAtOnce = 16;

    public static Task PutRecordAsync(
        this RemoteService service, string doing, string name, byte[] bytes, CancellationToken cancellation) =>
        service.CallAsync(
            doing,
            (s3, stop) => s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = service.Bucket,
                    Key = name,
                    InputStream = new MemoryStream(bytes),
                    ContentType = "application/json",
                },
                stop),
            cancellation);

    /// <summary>Null when there is none.</summary>
    public static Task<byte[]?> FindRecordAsync(
        this RemoteService service, string name, CancellationToken cancellation) => service.FindAsync(
            $"reading '{name}'",
            async (s3, stop) =>
            {
                using var found = await s3.GetObjectAsync(service.Bucket, name, stop).ConfigureAwait(false);
                var bytes = new MemoryStream();
                await found.ResponseStream.CopyToAsync(bytes, stop).ConfigureAwait(false);
                return bytes.ToArray();
            },
            cancellation);

    /// <summary>Names that begin with <paramref name="prefix"/>, in order, without it.</summary>
    public static async IAsyncEnumerable<string> ListNamesAsync(
        this RemoteService service, string prefix, string? after,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request
        {
            Prefix = prefix, StartAfter = after is null ? null : prefix + after,
        };
        do
        {
            var page = await service.ListAsync(request, cancellation).ConfigureAwait(false);
            foreach (var found in page.S3Objects ?? [])
            {
                yield return found.Key[prefix.Length..];
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    public static Task RemoveRecordAsync(
        this RemoteService service, string name, CancellationToken cancellation) => service.CallAsync(
            $"removing '{name}'",
            (s3, stop) => s3.DeleteObjectAsync(service.Bucket, name, stop),
            cancellation);

    /// <summary>Removes everything below <paramref name="prefix"/> but <paramref name="kept"/>.</summary>
    public static Task RemoveRecordsAsync(
        this RemoteService service, string prefix, string? kept, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            service.ListNamesAsync(prefix, after: null, cancellation).Where(name => name != kept),
            new ParallelOptions { MaxDegreeOfParallelism = RemovalsAtOnce, CancellationToken = cancellation },
            async (name, stop) => await service.RemoveRecordAsync(prefix + name, stop).ConfigureAwait(false));
}
