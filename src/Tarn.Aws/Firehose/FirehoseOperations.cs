using Tarn.Aws.Firehose.Records;
using Tarn.Aws.Protocol;
using Tarn.Delivery;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Firehose;

/// <summary>Firehose's part of the dispatch table.</summary>
internal static class FirehoseOperations
{
    public static IReadOnlyList<ITargetOperation> All(
        IDeliveryStreams deliveries, IStreams streams, LakeIdentity lake, TimeProvider time) =>
    [
        new CreateDeliveryStream(deliveries, streams, lake, time),
        new DeleteDeliveryStream(deliveries, lake),
        new DescribeDeliveryStream(deliveries, streams, lake),
        new ListDeliveryStreams(deliveries),
        new ListTagsForDeliveryStream(deliveries, lake),
        new PutRecord(deliveries, lake),
        new PutRecordBatch(deliveries, lake),
        new TagDeliveryStream(deliveries, lake),
        new UntagDeliveryStream(deliveries, lake),
        new UpdateDestination(deliveries, lake),
    ];
}
