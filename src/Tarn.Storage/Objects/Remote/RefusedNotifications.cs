using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Notifications;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// Events while objects are kept in an S3 service: an object and its event cannot be made durable in one step there, so
/// events could be lost, and none are promised.
/// </summary>
internal sealed class RefusedNotifications : IBucketNotifications
{
    public NotificationConfiguration? Find(string bucket) => null;

    public Task SetAsync(string bucket, NotificationConfiguration? configuration, CancellationToken cancellation) =>
        configuration is null ? Task.CompletedTask : throw new TarnException(
            ErrorKind.Unsupported,
            "event notifications are not sent while objects are kept in an S3 service",
            "an object and its event cannot be made durable in one step there",
            "let that service send its own")
        {
            Code = "NotImplemented",
        };
}
