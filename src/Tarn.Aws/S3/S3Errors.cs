using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>Errors that more than one operation gives.</summary>
internal static class S3Errors
{
    public static async Task RequireBucketAsync(IObjectStore objects, string bucket, CancellationToken cancellation)
    {
        if (await objects.FindBucketAsync(bucket, cancellation) is null)
        {
            throw NoSuchBucket(bucket);
        }
    }

    public static AwsException NoSuchBucket(string bucket) =>
        new("NoSuchBucket", 404, "The specified bucket does not exist") { Resource = "/" + bucket };

    /// <summary>NoSuchBucket or NoSuchKey, whichever it is.</summary>
    public static async Task<AwsException> AbsentAsync(
        IObjectStore objects, ObjectKey key, CancellationToken cancellation) =>
        await objects.FindBucketAsync(key.Bucket, cancellation) is null
            ? NoSuchBucket(key.Bucket)
            : new AwsException("NoSuchKey", 404, "The specified key does not exist.");

    public static AwsException InvalidArgument(string message) => new("InvalidArgument", 400, message);
}
