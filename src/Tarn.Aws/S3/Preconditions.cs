using System.Globalization;
using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// If-Match, If-Unmodified-Since, If-None-Match, If-Modified-Since, in RFC 9110's order: an ETag condition makes the
/// date condition of its pair void. The same for the source of a copy, where each is named x-amz-copy-source-if-…
/// </summary>
internal static class Preconditions
{
    private const string Source = "x-amz-copy-source-";

    public static readonly IReadOnlyList<string> SourceHeaders =
    [
        Source + "if-match", Source + "if-unmodified-since", Source + "if-none-match", Source + "if-modified-since",
    ];

    /// <summary>Throws PreconditionFailed (412) or NotModified (304) when a condition does not hold.</summary>
    public static void Check(S3Call call, ObjectInfo info)
    {
        CheckSame(call, "", info);
        if (HasChanged(call, "", info) is { } condition)
        {
            throw new AwsException("NotModified", 304, $"Not Modified: {condition}");
        }
    }

    /// <summary>Throws PreconditionFailed (412) when a condition on the source of a copy does not hold.</summary>
    public static void CheckSource(S3Call call, ObjectInfo info)
    {
        CheckSame(call, Source, info);
        if (HasChanged(call, Source, info) is { } condition)
        {
            throw Failed(condition);
        }
    }

    /// <summary>False when If-Range names another version than this: the range is then void.</summary>
    public static bool HoldsRange(S3Call call, ObjectInfo info) =>
        call.Header("If-Range") is not { } condition
        || (Date(condition) is { } date
            ? date == Seconds(info)
            : condition.Trim() == $"\"{info.ETag}\"");

    private static void CheckSame(S3Call call, string prefix, ObjectInfo info)
    {
        var match = call.Header(prefix + "if-match");
        if (match is not null ? !Names(match, info.ETag)
            : Date(call.Header(prefix + "if-unmodified-since")) < Seconds(info))
        {
            throw Failed(prefix + (match is not null ? "If-Match" : "If-Unmodified-Since"));
        }
    }

    /// <summary>The condition that asks for a change which has not been, or null.</summary>
    private static string? HasChanged(S3Call call, string prefix, ObjectInfo info)
    {
        var noneMatch = call.Header(prefix + "if-none-match");
        return (noneMatch is not null
            ? Names(noneMatch, info.ETag)
            : Date(call.Header(prefix + "if-modified-since")) >= Seconds(info))
            ? prefix + (noneMatch is not null ? "If-None-Match" : "If-Modified-Since")
            : null;
    }

    private static AwsException Failed(string condition) => new(
        "PreconditionFailed", 412, $"At least one of the pre-conditions you specified did not hold: {condition}");

    private static bool Names(string condition, string etag) => condition
        .Split(',', StringSplitOptions.TrimEntries)
        .Any(candidate => candidate == "*" || Strong(candidate).Trim('"') == etag);

    private static string Strong(string candidate) =>
        candidate.StartsWith("W/", StringComparison.Ordinal) ? candidate[2..] : candidate;

    private static DateTimeOffset? Date(string? text) => DateTimeOffset.TryParseExact(
        text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
        ? date
        : null;

    /// <summary>HTTP dates have whole seconds.</summary>
    private static DateTimeOffset Seconds(ObjectInfo info) =>
        DateTimeOffset.FromUnixTimeSeconds(info.LastModified.ToUnixTimeSeconds());
}
