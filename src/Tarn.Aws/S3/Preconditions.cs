using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// If-Match, If-Unmodified-Since, If-None-Match, If-Modified-Since, in RFC 9110's order: an ETag condition makes the
/// date condition of its pair void.
/// </summary>
internal static class Preconditions
{
    /// <summary>Throws PreconditionFailed (412) or NotModified (304) when a condition does not hold.</summary>
    public static void Check(IHeaderDictionary headers, ObjectInfo info)
    {
        var ifMatch = headers.IfMatch.ToString();
        if (ifMatch.Length > 0 ? !Names(ifMatch, info.ETag) : Date(headers.IfUnmodifiedSince) < Seconds(info))
        {
            var condition = ifMatch.Length > 0 ? "If-Match" : "If-Unmodified-Since";
            throw new AwsException(
                "PreconditionFailed",
                412,
                $"At least one of the pre-conditions you specified did not hold: {condition}");
        }

        var ifNoneMatch = headers.IfNoneMatch.ToString();
        if (ifNoneMatch.Length > 0 ? Names(ifNoneMatch, info.ETag) : Date(headers.IfModifiedSince) >= Seconds(info))
        {
            throw new AwsException("NotModified", 304, "Not Modified");
        }
    }

    private static bool Names(string condition, string etag) => condition
        .Split(',', StringSplitOptions.TrimEntries)
        .Any(candidate => candidate == "*" || candidate.Trim('"') == etag);

    private static DateTimeOffset? Date(string? text) => DateTimeOffset.TryParseExact(
        text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
        ? date
        : null;

    /// <summary>HTTP dates have whole seconds.</summary>
    private static DateTimeOffset Seconds(ObjectInfo info) =>
        DateTimeOffset.FromUnixTimeSeconds(info.LastModified.ToUnixTimeSeconds());
}
