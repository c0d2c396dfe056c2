using System.Collections.Frozen;

namespace Tarn.Storage.Access;

/// <summary>
/// The one table of S3's actions and the level that each needs. An action that is not in it is refused to everybody
/// but root, and refused in policies by name.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
/// </summary>
internal static class ActionTable
{
    public static readonly IReadOnlyList<ActionRule> All =
    [
        .. Rules(GrantLevel.Read, ActionScope.Lake, "ListAllMyBuckets"),

        .. Rules(GrantLevel.Read, ActionScope.Presence, "GetBucketLocation"),
        .. Rules(
            GrantLevel.Read, ActionScope.Listing, "ListBucket", "ListBucketMultipartUploads", "ListBucketVersions"),
        .. Rules(
            GrantLevel.Read,
            ActionScope.Bucket,
            "GetBucketCORS",
            "GetBucketTagging",
            "GetBucketVersioning",
            "GetEncryptionConfiguration",
            "GetLifecycleConfiguration"),
        .. Rules(
            GrantLevel.Admin,
            ActionScope.Bucket,
            "CreateBucket",
            "DeleteBucket",
            "DeleteBucketPolicy",
            "GetAccelerateConfiguration",
            "GetBucketAcl",
            "GetBucketLogging",
            "GetBucketNotification",
            "GetBucketObjectLockConfiguration",
            "GetBucketOwnershipControls",
            "GetBucketPolicy",
            "GetBucketPolicyStatus",
            "GetBucketPublicAccessBlock",
            "GetBucketRequestPayment",
            "GetBucketWebsite",
            "GetReplicationConfiguration",
            "PutBucketAcl",
            "PutBucketCORS",
            "PutBucketNotification",
            "PutBucketOwnershipControls",
            "PutBucketPolicy",
            "PutBucketPublicAccessBlock",
            "PutBucketTagging",
            "PutBucketVersioning",
            "PutEncryptionConfiguration",
            "PutLifecycleConfiguration"),

        .. Rules(
            GrantLevel.Read,
            ActionScope.Object,
            "GetObject",
            "GetObjectAcl",
            "GetObjectAttributes",
            "GetObjectTagging",
            "GetObjectVersion",
            "GetObjectVersionAcl",
            "GetObjectVersionAttributes",
            "GetObjectVersionTagging"),
        .. Rules(
            GrantLevel.Write,
            ActionScope.Object,
            "AbortMultipartUpload",
            "DeleteObject",
            "DeleteObjectTagging",
            "DeleteObjectVersion",
            "DeleteObjectVersionTagging",
            "ListMultipartUploadParts",
            "PutObject",
            "PutObjectTagging",
            "PutObjectVersionTagging"),
        .. Rules(GrantLevel.Admin, ActionScope.Object, "PutObjectAcl"),
    ];

    private static readonly FrozenDictionary<string, ActionRule> ByName =
        All.ToFrozenDictionary(rule => rule.Name, StringComparer.OrdinalIgnoreCase);

    public static ActionRule? Find(string action) => ByName.GetValueOrDefault(action);

    private static IEnumerable<ActionRule> Rules(
        GrantLevel level, ActionScope scope, params IReadOnlyList<string> names) =>
        names.Select(name => new ActionRule("s3:" + name, level, scope));
}
