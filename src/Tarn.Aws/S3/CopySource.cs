using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Signing;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>The header x-amz-copy-source: <c>bucket/key</c> or <c>/bucket/key</c>, percent-encoded.</summary>
internal static class CopySource
{
    public const string Header = "x-amz-copy-source";

    public const string OwnerHeader = "x-amz-source-expected-bucket-owner";

    private const string Version = "?versionId=";

    /// <summary>Headers that say which source and under which conditions.</summary>
    public static readonly IReadOnlyList<string> Headers = [Header, OwnerHeader, .. Preconditions.SourceHeaders];

    /// <param name="owner">Of all buckets; a request that expects another is denied.</param>
    public static ObjectKey Read(S3Call call, string owner)
    {
        var text = call.Header(Header)!;
        if (text.Contains(Version, StringComparison.Ordinal))
        {
            throw new AwsException(
                "NotImplemented", 501, "tarn does not support versionId in header 'x-amz-copy-source'");
        }

        if (text.StartsWith("arn:", StringComparison.Ordinal))
        {
            throw new AwsException(
                "NotImplemented", 501, "tarn does not support access points in header 'x-amz-copy-source'");
        }

        if (call.Header(OwnerHeader) is { } expected && expected != owner)
        {
            throw new AwsException("AccessDenied", 403, $"the source bucket's owner is {owner}, not {expected}");
        }

        var path = UriEncoding.Decode(text, plusIsSpace: false);
        path = path.StartsWith('/') ? path[1..] : path;
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < path.Length - 1
            ? new ObjectKey(path[..slash], path[(slash + 1)..])
            : throw S3Errors.InvalidArgument(
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }

    /// <summary>The source, which the caller must be allowed to read and whose conditions must hold.</summary>
    public static async Task<ObjectInfo> FindAsync(
        S3Call call, IObjectStore objects, ObjectKey source, CancellationToken cancellation)
    {
        call.Access.Require("s3:GetObject", source.Bucket, source.Key);
        var found = await objects.FindAsync(source, cancellation)
            ?? throw await S3Errors.AbsentAsync(objects, source, cancellation);
        Preconditions.CheckSource(call, found);
        return found;
    }

    /// <summary>Conditions and attributes are those of the version that was found; no other may be copied.</summary>
    public static void CheckSame(ObjectInfo found, ObjectInfo copied)
    {
        if (copied.ETag != found.ETag || copied.LastModified != found.LastModified)
        {
            throw new AwsException(
                "OperationAborted", 409, $"the source {found.Key} was replaced while it was copied; please try again");
        }
    }
}
