using Tarn.Aws.Firehose;
using Tarn.Aws.Glue;
using Tarn.Aws.Kinesis;
using Tarn.Aws.Protocol.Query;
using Tarn.Aws.S3;
using Tarn.Aws.S3.Cors;
using Tarn.Aws.S3.Lifecycle;
using Tarn.Aws.S3.Multipart;
using Tarn.Aws.S3.Notifications;
using Tarn.Aws.S3.Policies;
using Tarn.Aws.S3.Settings;
using Tarn.Aws.S3.Tagging;
using Tarn.Aws.S3.Versions;
using Tarn.Aws.Sts;
using Tarn.Catalog;
using Tarn.Delivery;
using Tarn.Primitives.Identity;
using Tarn.Storage.Access;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Objects.Lifecycle;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Objects.Versions;
using Tarn.Streams;
using Tarn.Streams.Consumers;
using AthenaEngines = Tarn.Aws.Athena.AthenaEngines;
using AthenaOperations = Tarn.Aws.Athena.AthenaOperations;

namespace Tarn.Aws.Protocol;

/// <summary>
/// The dispatch table: every operation that is implemented. docs/coverage/aws.md is generated from it.
/// </summary>
internal static class Operations
{
    public static IReadOnlyList<ITargetOperation> Json(
        IStreams streams,
        ISharedReads sharedReads,
        IStreamConsumers consumers,
        IDeliveryStreams deliveries,
        ICatalog catalog,
        AthenaEngines athena,
        LakeIdentity lake,
        TimeProvider time) =>
    [
        new AddTagsToStream(streams, lake),
        new CreateStream(streams, lake),
        new DecreaseStreamRetentionPeriod(streams, lake),
        new DeleteStream(streams, consumers, lake),
        new DeregisterStreamConsumer(streams, consumers, lake),
        new DescribeAccountSettings(),
        new DescribeLimits(streams),
        new DescribeStream(streams, lake, time),
        new DescribeStreamConsumer(streams, consumers, lake),
        new DescribeStreamSummary(streams, consumers, lake),
        new DisableEnhancedMonitoring(streams, lake),
        new EnableEnhancedMonitoring(streams, lake),
        new GetRecords(streams, sharedReads, lake, time),
        new GetShardIterator(streams, lake, time),
        new IncreaseStreamRetentionPeriod(streams, lake),
        new ListShards(streams, lake, time),
        new ListStreamConsumers(streams, consumers, lake, time),
        new ListStreams(streams, lake),
        new ListTagsForResource(streams, consumers, lake),
        new ListTagsForStream(streams, lake),
        new MergeShards(streams, lake),
        new PutRecord(streams, lake),
        new PutRecords(streams, lake),
        new RegisterStreamConsumer(streams, consumers, lake),
        new RemoveTagsFromStream(streams, lake),
        new SplitShard(streams, lake),
        new SubscribeToShard(streams, sharedReads, consumers, lake, time),
        new TagResource(streams, consumers, lake),
        new UntagResource(streams, consumers, lake),
        new UpdateAccountSettings(),
        new UpdateMaxRecordSize(streams, lake),
        new UpdateShardCount(streams, lake),
        new UpdateStreamMode(streams, lake),

        .. FirehoseOperations.All(deliveries, streams, lake, time),

        .. AthenaOperations.All(athena, lake),

        new CreateDatabase(catalog, lake),
        new CreateTable(catalog, lake),
        new DeleteDatabase(catalog, lake),
        new DeleteTable(catalog, lake),
        new GetDatabase(catalog, lake),
        new GetDatabases(catalog, lake),
        new GetPartitions(catalog, lake),
        new GetTable(catalog, lake),
        new GetTables(catalog, lake),
    ];

    public static IReadOnlyList<IQueryOperation> Query(LakeIdentity lake) => [new GetCallerIdentity(lake)];

    public static IReadOnlyList<IS3Operation> Rest(
        IObjectStore objects,
        IObjectVersions versions,
        VersionedObjects versioned,
        IMultipartUploads uploads,
        IBucketSettings settings,
        IBucketLifecycle lifecycle,
        IBucketNotifications notifications,
        IStreams streams,
        IUsers users,
        LakeIdentity lake,
        IdSource ids,
        TimeProvider time) =>
    [
        new AbortMultipartUpload(uploads),
        new CompleteMultipartUpload(uploads, lifecycle, time),
        new CopyObject(objects, versioned, lifecycle, lake, time),
        new CreateBucket(objects, lake),
        new CreateMultipartUpload(uploads, lifecycle),
        new DeleteBucket(objects),
        new DeletedSetting("DeleteBucketCors", "s3:PutBucketCORS", BucketSetting.Cors, settings),
        new DeletedSetting(
            "DeleteBucketLifecycle", "s3:PutLifecycleConfiguration", BucketSetting.Lifecycle, settings),
        new DeletedSetting("DeleteBucketPolicy", "s3:DeleteBucketPolicy", BucketSetting.Policy, settings),
        new DeletedSetting("DeleteBucketTagging", "s3:PutBucketTagging", BucketSetting.Tagging, settings),
        new DeletedSetting(
            "DeletePublicAccessBlock", "s3:PutBucketPublicAccessBlock", BucketSetting.PublicAccessBlock, settings),
        new DeleteObject(versions),
        new DeleteObjectTagging(versioned),
        new DeleteObjects(objects, versions),
        new GetBucketCors(objects, settings),
        new GetBucketLifecycleConfiguration(objects, lifecycle),
        new GetBucketLocation(objects, lake),
        new GetBucketNotificationConfiguration(objects, notifications, lake),
        new GetBucketOwnershipControls(objects),
        new GetBucketPolicy(objects, settings),
        new GetBucketPolicyStatus(objects, settings, lake),
        new GetBucketTagging(objects, settings),
        new GetBucketVersioning(versions),
        new GetObject(versioned, lifecycle),
        new GetObjectAttributes(versioned),
        new GetObjectTagging(versioned),
        new GetPublicAccessBlock(objects, settings),
        new HeadBucket(objects, lake),
        new HeadObject(versioned, lifecycle),
        new ListBuckets(objects, lake),
        new ListMultipartUploads(objects, uploads, lake),
        new ListObjects(objects, lake),
        new ListObjectsV2(objects, lake),
        new ListObjectVersions(objects, versions, lake),
        new ListParts(uploads, lake),
        new PutBucketCors(settings),
        new PutBucketLifecycleConfiguration(objects, lifecycle, ids),
        new PutBucketNotificationConfiguration(objects, notifications, streams, lake, ids, time),
        new PutBucketOwnershipControls(objects),
        new PutBucketPolicy(objects, settings, users, lake),
        new PutBucketTagging(settings),
        new PutBucketVersioning(versions),
        new PutObject(objects, lifecycle),
        new PutObjectTagging(versioned),
        new PutPublicAccessBlock(settings),
        new UploadPart(uploads),
        new UploadPartCopy(versioned, uploads, lake, time),
        .. AbsentSetting.All(objects),
        .. OwnerAcl.All(objects, versioned, lake),
    ];
}
