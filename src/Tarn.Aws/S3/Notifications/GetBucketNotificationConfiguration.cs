using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Notifications;

namespace Tarn.Aws.S3.Notifications;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html</summary>
internal sealed class GetBucketNotificationConfiguration(
    IObjectStore objects, IBucketNotifications notifications, LakeIdentity lake) : IS3Operation
{
    public string Name => "GetBucketNotificationConfiguration";

    public string? Action => "s3:GetBucketNotification";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        using var answer = NotificationDocument.Write(notifications.Find(call.Address.Bucket), lake);
        await call.SendAsync(answer);
    }
}
