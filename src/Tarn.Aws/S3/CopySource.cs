using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Signing;
using Tarn.Aws.S3.Versions;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// The header x-amz-copy-source: <c>bucket/key</c> or <c>/bucket/key</c>, percent-encoded, and <c>?versionId=ID</c>
/// for a version of it.
/// </summary>
/// <param name="VersionId">Null: the current object.</param>
internal readonly record struct CopySource(ObjectKey Key, string? VersionId)
{
    public const string Header = "x-amz-copy-source";

    public const string OwnerHeader = "x-amz-source-expected-bucket-owner";

    private const string Version = "?versionId=";
    private const string VersionHeader = "x-amz-copy-source-version-id";

    /// <summary>Headers that say which source and under which conditions.</summary>
    public static readonly IReadOnlyList<string> Headers = [Header, OwnerHeader, .. Preconditions.SourceHeaders];

    /// <param name="owner">Of all buckets; a request that expects another is denied.</param>
    public static CopySource Read(S3Call call, string owner)
    {
        var text = call.Header(Header)!;
        if (text.StartsWith("arn:", StringComparison.Ordinal))
        {
            throw new AwsException(
                "NotImplemented", 501, "tarn does not support access points in header 'x-amz-copy-source'");
        }

        if (call.Header(OwnerHeader) is { } expected && expected != owner)
        {
            throw new AwsException("AccessDenied", 403, $"the source bucket's owner is {owner}, not {expected}");
        }

        var at = text.LastIndexOf(Version, StringComparison.Ordinal);
        var path = UriEncoding.Decode(at < 0 ? text : text[..at], plusIsSpace: false);
        var versionId = at < 0 ? null : UriEncoding.Decode(text[(at + Version.Length)..], plusIsSpace: false);
        path = path.StartsWith('/') ? path[1..] : path;
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < path.Length - 1
            ? new CopySource(new ObjectKey(path[..slash], path[(slash + 1)..]), versionId)
            : throw S3Errors.InvalidArgument(
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }

    /// <summary>The source, which the caller must be allowed to read and whose conditions must hold.</summary>
    public async Task<ObjectInfo> FindAsync(S3Call call, VersionedObjects objects, CancellationToken cancellation)
    {
        Require(call, "s3:GetObject");
        var found = await objects.FindSourceAsync(Key, VersionId, cancellation);
        Preconditions.CheckSource(call, found);
        return found;
    }

    /// <summary>Throws AccessDenied unless the caller may do this with the source.</summary>
    public void Require(S3Call call, string action) =>
        call.Access.Require(VersionActions.Of(action, VersionId), Key.Bucket, Key.Key);

    /// <summary>Tells which version was copied; nothing in a bucket that never kept any.</summary>
    public static void WriteVersion(S3Call call, ObjectInfo copied)
    {
        if (copied.VersionId is { } versionId && !call.Response.HasStarted)
        {
            call.Response.Headers[VersionHeader] = versionId;
        }
    }

    /// <summary>Conditions and attributes are those of the version that was found; no other may be copied.</summary>
    public static void CheckSame(ObjectInfo found, ObjectInfo copied)
    {
        if (copied.ETag != found.ETag || copied.LastModified != found.LastModified)
        {
            throw Replaced(found);
        }
    }

    /// <summary>What was found is there no more, or not as it was.</summary>
    public static AwsException Replaced(ObjectInfo found) => new(
        "OperationAborted", 409, $"the source {found.Key} was replaced while it was copied; please try again");
}
