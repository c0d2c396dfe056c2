using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>If-Match and If-None-Match of requests that write: an ETag, and <c>*</c>, as S3 takes them.</summary>
internal static class WriteConditions
{
    /// <summary>What must hold when the write becomes visible, or null.</summary>
    public static PutCondition? Read(S3Call call, string operation)
    {
        var match = call.Header("If-Match");
        var noneMatch = call.Header("If-None-Match");
        if (match is null && noneMatch is null)
        {
            return null;
        }

        if (match is not null && noneMatch is not null)
        {
            throw Refused("If-Match together with If-None-Match", operation);
        }

        if (noneMatch is not null)
        {
            return noneMatch.Trim() == "*"
                ? new PutCondition(IfMatch: null, IfAbsent: true)
                : throw Refused($"If-None-Match '{noneMatch}' (only *)", operation);
        }

        var etag = match!.Trim().Trim('"');
        return etag.Length > 0 && etag != "*" && !match.Contains(',', StringComparison.Ordinal)
            ? new PutCondition(etag, IfAbsent: false)
            : throw Refused($"If-Match '{match}' (only one ETag)", operation);
    }

    private static AwsException Refused(string what, string operation) =>
        new("NotImplemented", 501, $"tarn does not support {what} of s3 {operation}");
}
