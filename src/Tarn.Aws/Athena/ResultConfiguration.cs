using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_ResultConfiguration.html</summary>
internal static class ResultConfiguration
{
    /// <summary>
    /// The output location, or null. An expected owner other than this lake is refused, and so is encryption: objects
    /// are written as they come. The one ACL that Athena has, the bucket owner's full control, is what results have.
    /// </summary>
    public static string? Read(JsonMembers? members, LakeIdentity lake)
    {
        if (members is null)
        {
            return null;
        }

        if (members.Text("ExpectedBucketOwner") is { } owner && owner != lake.AccountId)
        {
            throw AthenaErrors.Invalid($"the bucket's owner is {lake.AccountId}, not {owner}");
        }

        if (members.Object("EncryptionConfiguration") is { } encryption)
        {
            throw AthenaErrors.Invalid(
                $"tarn does not support EncryptionConfiguration ({encryption.RequiredText("EncryptionOption")}): "
                + "objects are written as they come. Put the data directory on an encrypted disk");
        }

        const string FullControl = "BUCKET_OWNER_FULL_CONTROL";
        if (members.Object("AclConfiguration")?.RequiredText("S3AclOption") is { } acl && acl != FullControl)
        {
            throw AthenaErrors.Invalid($"S3AclOption must be {FullControl}, not {acl}");
        }

        var location = members.Text("OutputLocation");
        return location is null || location.StartsWith("s3://", StringComparison.Ordinal)
            ? location
            : throw AthenaErrors.Invalid($"outputLocation is not a valid S3 path: {location}");
    }
}
