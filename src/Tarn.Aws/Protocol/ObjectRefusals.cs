namespace Tarn.Aws.Protocol;

/// <summary>The part of <see cref="Refusals"/> that is about buckets and objects.</summary>
internal static class ObjectRefusals
{
    private const string DiskHint = "put the data directory on an encrypted disk";

    public static IEnumerable<(AwsService Service, string Operation, string Reason, string Hint)> Rows =>
    [
        .. Of(
            "the owner of a bucket owns all that is in it (BucketOwnerEnforced)",
            "grant what others may do to users instead",
            "DeleteBucketOwnershipControls", "PutBucketAcl", "PutObjectAcl"),
        .. Of("objects are plain files", DiskHint,
            "DeleteBucketEncryption", "PutBucketEncryption", "UpdateObjectEncryption"),
        .. Of(
            "nothing keeps the files of a bucket from whoever may write the data directory",
            "let no user have more than a read grant on what must stay",
            "GetObjectLegalHold", "GetObjectRetention", "PutObjectLegalHold", "PutObjectLockConfiguration",
            "PutObjectRetention"),
        .. Of(
            "every object is in the one storage class STANDARD and always at hand",
            "expire objects that are no longer needed",
            "DeleteBucketIntelligentTieringConfiguration", "GetBucketIntelligentTieringConfiguration",
            "ListBucketIntelligentTieringConfigurations", "PutBucketIntelligentTieringConfiguration", "RestoreObject"),
        .. Of(
            "objects are queried through tables",
            "declare a table over the prefix and ask Athena's API or the console",
            "SelectObjectContent"),
        .. Of(
            "a bucket is kept once, by this server",
            "copy its folder with any tool that copies files, or keep the lake in a remote S3 that replicates",
            "DeleteBucketReplication", "PutBucketReplication"),
        .. Of(
            "requests are not written to a bucket",
            "the audit log has what was denied, the server's log the rest",
            "PutBucketLogging"),
        .. Of(
            "a bucket answers S3's protocol only, not a browser's requests for pages",
            "let a web server serve the bucket's folder",
            "DeleteBucketWebsite", "PutBucketWebsite"),
        .. Of("the server has one address", "leave it out", "PutBucketAccelerateConfiguration"),
        .. Of("requests cost nobody anything", "leave it out", "PutBucketRequestPayment"),
        .. Of(
            "tarn computes no reports over buckets by itself",
            "list the bucket, or query its listing",
            "DeleteBucketAnalyticsConfiguration", "DeleteBucketInventoryConfiguration",
            "DeleteBucketMetricsConfiguration", "GetBucketAnalyticsConfiguration", "GetBucketInventoryConfiguration",
            "GetBucketMetricsConfiguration", "ListBucketAnalyticsConfigurations",
            "ListBucketInventoryConfigurations", "ListBucketMetricsConfigurations",
            "PutBucketAnalyticsConfiguration", "PutBucketInventoryConfiguration", "PutBucketMetricsConfiguration"),
    ];

    private static IEnumerable<(AwsService Service, string Operation, string Reason, string Hint)> Of(
        string reason, string hint, params string[] operations) =>
        operations.Select(operation => (AwsService.S3, operation, reason, hint));
}
