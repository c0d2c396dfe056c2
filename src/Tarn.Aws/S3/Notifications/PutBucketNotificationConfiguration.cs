using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Notifications;
using Tarn.Streams;

namespace Tarn.Aws.S3.Notifications;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html. Each stream that is
/// named gets a test event first; a stream that does not take it refuses the settings, unless the caller asks to skip
/// that: then events wait until the stream is there.
/// </summary>
internal sealed class PutBucketNotificationConfiguration(
    IObjectStore objects, IBucketNotifications notifications, IStreams streams, LakeIdentity lake, IdSource ids,
    TimeProvider time) : IS3Operation
{
    private const string SkipHeader = "x-amz-skip-destination-validation";

    private readonly TestEvents _tests = new(streams, lake, time);

    public string Name => "PutBucketNotificationConfiguration";

    public string? Action => "s3:PutBucketNotification";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [.. S3Document.Headers, SkipHeader];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var document = await S3Document.ReadAsync(call, "NotificationConfiguration", cancellation);
        var configuration = NotificationDocument.Parse(document, lake, ids);
        var skips = Skips(call.Header(SkipHeader));
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        if (!skips)
        {
            foreach (var stream in (configuration?.Rules ?? []).Select(rule => rule.Stream).Distinct())
            {
                await _tests.SendAsync(call, stream, cancellation);
            }
        }

        await notifications.SetAsync(call.Address.Bucket, configuration, cancellation);
        call.Send(200);
    }

    private static bool Skips(string? header) => header?.ToLowerInvariant() switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw S3Errors.InvalidArgument($"{SkipHeader} is '{header}', neither true nor false"),
    };
}
