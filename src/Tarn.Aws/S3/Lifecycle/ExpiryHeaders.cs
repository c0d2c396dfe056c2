using System.Globalization;
using Tarn.Aws.Protocol.Signing;
using Tarn.Aws.S3.Versions;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Aws.S3.Lifecycle;

/// <summary>
/// What answers say of the rule that an object or upload is subject to:
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-actions
/// </summary>
internal static class ExpiryHeaders
{
    /// <summary>Of the current object; nothing where the request names a version.</summary>
    public static void Write(S3Call call, IBucketLifecycle lifecycle, ObjectInfo info)
    {
        if (VersionIds.Read(call) is null
            && lifecycle.Find(info.Key.Bucket)?.ExpiryOf(info) is { } expiry
            && !call.Response.HasStarted)
        {
            call.Response.Headers["x-amz-expiration"] =
                $"expiry-date=\"{Date(expiry)}\", rule-id=\"{UriEncoding.Encode(expiry.RuleId, keepSlash: false)}\"";
        }
    }

    /// <summary>Of an upload under way.</summary>
    public static void WriteUpload(S3Call call, IBucketLifecycle lifecycle, ObjectKey key, DateTimeOffset initiated)
    {
        if (lifecycle.Find(key.Bucket)?.EndOfUpload(key.Key, initiated) is { } end)
        {
            call.Response.Headers["x-amz-abort-date"] = Date(end);
            call.Response.Headers["x-amz-abort-rule-id"] = UriEncoding.Encode(end.RuleId, keepSlash: false);
        }
    }

    private static string Date(LifecycleExpiry expiry) => expiry.At.ToString("r", CultureInfo.InvariantCulture);
}
