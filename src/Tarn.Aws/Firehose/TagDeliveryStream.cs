using System.Text.Json;
using Tarn.Aws.Protocol.Shapes;
using Tarn.Delivery;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_TagDeliveryStream.html</summary>
internal sealed class TagDeliveryStream(IDeliveryStreams deliveries, LakeIdentity lake)
    : FirehoseOperation<TagDeliveryStream.Input>(FirehoseJson.Default.TagInput)
{
    public override string Name => "TagDeliveryStream";

    protected override async Task RunAsync(Input input, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await DeliveryLookup.FindAsync(deliveries, input.DeliveryStreamName!, lake, cancellation);
        var added = input.Tags!.Select(tag => KeyValuePair.Create(tag.Key!, tag.Value ?? ""));
        await deliveries.TagAsync(input.DeliveryStreamName!, tags => tags.SetItems(added), cancellation);
    }

    internal sealed record Input
    {
        [Member(IsNeeded = true, Min = 1, Max = 64, Pattern = ModelPatterns.StreamName)]
        public string? DeliveryStreamName { get; init; }

        [Member(IsNeeded = true, ItemsMin = 1, ItemsMax = Tag.TagsMax)]
        public IReadOnlyList<Tag>? Tags { get; init; }
    }
}
