using Tarn.Aws.Protocol;

namespace Tarn.Aws.S3;

/// <summary>
/// Canned ACLs. Buckets have none (owner enforced, AWS's default): only those that change nothing are taken.
/// </summary>
internal static class S3Acl
{
    public static void Check(S3Call call)
    {
        if (call.Header("x-amz-acl") is { } acl and not ("private" or "bucket-owner-full-control"))
        {
            throw new AwsException(
                "AccessControlListNotSupported", 400, $"The bucket does not allow ACLs: x-amz-acl '{acl}' is refused");
        }
    }
}
