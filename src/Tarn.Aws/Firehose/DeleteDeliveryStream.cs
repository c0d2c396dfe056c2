using System.Text.Json;
using Tarn.Aws.Protocol.Shapes;
using Tarn.Delivery;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_DeleteDeliveryStream.html. Records that are not
/// delivered yet go with it; objects stay.
/// </summary>
internal sealed class DeleteDeliveryStream(IDeliveryStreams deliveries, LakeIdentity lake)
    : FirehoseOperation<DeleteDeliveryStream.Input>(FirehoseJson.Default.DeleteInput)
{
    public override string Name => "DeleteDeliveryStream";

    protected override async Task RunAsync(Input input, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        await DeliveryLookup.FindAsync(deliveries, input.DeliveryStreamName!, lake, cancellation);
        await deliveries.DeleteAsync(input.DeliveryStreamName!, cancellation);
    }

    internal sealed record Input
    {
        [Member(IsNeeded = true, Min = 1, Max = 64, Pattern = ModelPatterns.StreamName)]
        public string? DeliveryStreamName { get; init; }

        [Member(NoEffect = "no key's grant has to be retired")]
        public bool? AllowForceDelete { get; init; }
    }
}
