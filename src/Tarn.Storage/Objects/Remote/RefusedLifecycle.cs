using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// Lifecycle rules while objects are kept in an S3 service: what is replaced between a look and a delete there could
/// not be told from what was looked at, and that service has rules of its own.
/// </summary>
internal sealed class RefusedLifecycle : IBucketLifecycle
{
    public LifecycleConfiguration? Find(string bucket) => null;

    public Task SetAsync(string bucket, LifecycleConfiguration? configuration, CancellationToken cancellation) =>
        configuration is null ? Task.CompletedTask : throw new TarnException(
            ErrorKind.Unsupported,
            "lifecycle rules are not carried out while objects are kept in an S3 service",
            "an object that is replaced while it expires could be lost there",
            "set lifecycle rules of that service's bucket, for the prefix of the storage")
        {
            Code = "NotImplemented",
        };
}
