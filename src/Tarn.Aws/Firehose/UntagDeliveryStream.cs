using System.Text.Json;
using Tarn.Aws.Protocol.Shapes;
using Tarn.Delivery;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_UntagDeliveryStream.html</summary>
internal sealed class UntagDeliveryStream(IDeliveryStreams deliveries, LakeIdentity lake)
    : FirehoseOperation<UntagDeliveryStream.Input>(FirehoseJson.Default.UntagInput)
{
    public override string Name => "UntagDeliveryStream";

    protected override async Task RunAsync(Input input, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await DeliveryLookup.FindAsync(deliveries, input.DeliveryStreamName!, lake, cancellation);
        await deliveries.TagAsync(
            input.DeliveryStreamName!, tags => tags.RemoveRange(input.TagKeys!), cancellation);
    }

    internal sealed record Input
    {
        [Member(IsNeeded = true, Min = 1, Max = 64, Pattern = ModelPatterns.StreamName)]
        public string? DeliveryStreamName { get; init; }

        [Member(IsNeeded = true, ItemsMin = 1, ItemsMax = Tag.TagsMax, Min = 1, Max = 128, Pattern = Tag.KeyPattern)]
        public IReadOnlyList<string>? TagKeys { get; init; }
    }
}
