using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Storage.Access.Policies;

/// <summary>
/// The policies that buckets have now, each read once per document. A stored document that is not understood denies
/// everything, as what it says is not known. Thread-safe, memory only.
/// </summary>
internal sealed partial class BucketPolicies(IBucketSettings settings, LakeIdentity lake, ILogger<BucketPolicies> log)
{
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public PolicyVerdict Evaluate(AccessRequest request)
    {
        if (settings.Find(request.Bucket, BucketSetting.Policy) is not { } document)
        {
            _known.TryRemove(request.Bucket, out _);
            return PolicyVerdict.Silent;
        }

        if (!_known.TryGetValue(request.Bucket, out var known) || known.Document != document)
        {
            known = new Known(document, Read(request.Bucket, document));
            _known[request.Bucket] = known;
        }

        return known.Policy?.Evaluate(request) ?? PolicyVerdict.Deny;
    }

    /// <summary>Whether the bucket's RestrictPublicBuckets keeps anonymous callers out.</summary>
    public bool IsClosedToPublic(string bucket)
    {
        if (settings.Find(bucket, BucketSetting.PublicAccessBlock) is not { } document)
        {
            return false;
        }

        using var json = JsonDocument.Parse(document);
        return !json.RootElement.TryGetProperty("restrictPublicBuckets", out var restricts)
            || restricts.ValueKind != JsonValueKind.False;
    }

    private BucketPolicy? Read(string bucket, string document)
    {
        try
        {
            return BucketPolicy.Parse(document, bucket, lake.AccountId, isUser: _ => true);
        }
        catch (TarnException failure)
        {
            LogNotUnderstood(log, failure, bucket, failure.Message);
            return null;
        }
    }

    [LoggerMessage(2052, LogLevel.Error, "the stored policy of bucket {Bucket} denies all but root: {Reason}")]
    private static partial void LogNotUnderstood(ILogger log, Exception failure, string bucket, string reason);

    private sealed record Known(string Document, BucketPolicy? Policy);
}
