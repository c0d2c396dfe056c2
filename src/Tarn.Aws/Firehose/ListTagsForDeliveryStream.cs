using System.Text.Json;
using Tarn.Aws.Kinesis;
using Tarn.Aws.Protocol.Shapes;
using Tarn.Delivery;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_ListTagsForDeliveryStream.html</summary>
internal sealed class ListTagsForDeliveryStream(IDeliveryStreams deliveries, LakeIdentity lake)
    : FirehoseOperation<ListTagsForDeliveryStream.Input>(FirehoseJson.Default.ListTagsInput)
{
    public override string Name => "ListTagsForDeliveryStream";

    protected override async Task RunAsync(Input input, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var limit = input.Limit ?? Tag.TagsMax;
        var status = await DeliveryLookup.FindAsync(deliveries, input.DeliveryStreamName!, lake, cancellation);
        var found = status.Tags.Where(tag => string.CompareOrdinal(tag.Key, input.ExclusiveStartTagKey) > 0).ToList();
        TagRules.Write(answer, found.Take(limit));
        answer.WriteBoolean("HasMoreTags", found.Count > limit);
    }

    internal sealed record Input
    {
        [Member(IsNeeded = true, Min = 1, Max = 64, Pattern = ModelPatterns.StreamName)]
        public string? DeliveryStreamName { get; init; }

        [Member(Min = 1, Max = 128, Pattern = Tag.KeyPattern)]
        public string? ExclusiveStartTagKey { get; init; }

        [Member(Min = 1, Max = Tag.TagsMax)]
        public int? Limit { get; init; }
    }
}
