using System.Text.Json;
using Tarn.Aws.Protocol.Shapes;
using Tarn.Delivery;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Firehose;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_DescribeDeliveryStream.html</summary>
internal sealed class DescribeDeliveryStream(IDeliveryStreams deliveries, IStreams streams, LakeIdentity lake)
    : FirehoseOperation<DescribeDeliveryStream.Input>(FirehoseJson.Default.DescribeInput)
{
    public override string Name => "DescribeDeliveryStream";

    protected override async Task RunAsync(Input input, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var status = await DeliveryLookup.FindAsync(deliveries, input.DeliveryStreamName!, lake, cancellation);
        var declaration = StreamDeclaration.Of(status.Spec.Source, status.Spec.Destination, lake);
        answer.WriteStartObject("DeliveryStreamDescription");
        WriteStream(answer, status);
        StreamDescriptionAnswer.WriteSource(answer, declaration, status, streams);
        answer.WriteStartArray("Destinations");
        if (string.CompareOrdinal(input.ExclusiveStartDestinationId, StreamDescriptionAnswer.DestinationId) < 0)
        {
            StreamDescriptionAnswer.WriteDestination(answer, declaration);
        }

        answer.WriteEndArray();
        answer.WriteBoolean("HasMoreDestinations", false);
        answer.WriteEndObject();
    }

    private void WriteStream(Utf8JsonWriter answer, DeliveryStatus status)
    {
        var isDirect = status.Spec.Source is DeliverySource.DirectPut;
        answer.WriteString("DeliveryStreamName", status.Spec.Name);
        answer.WriteString("DeliveryStreamARN", DeliveryStreamArn.Of(lake, status.Spec.Name));
        answer.WriteString("DeliveryStreamStatus", "ACTIVE");
        answer.WriteStartObject("DeliveryStreamEncryptionConfiguration");
        answer.WriteString("Status", "DISABLED");
        answer.WriteEndObject();
        answer.WriteString(
            "DeliveryStreamType",
            isDirect ? CreateDeliveryStreamInput.DirectPut : CreateDeliveryStreamInput.FromStream);
        answer.WriteString("VersionId", StreamDescriptionAnswer.VersionOf(status));
        answer.WriteNumber("CreateTimestamp", status.CreatedAt.ToUnixTimeMilliseconds() / 1000m);
        if (status.UpdatedAt > status.CreatedAt)
        {
            answer.WriteNumber("LastUpdateTimestamp", status.UpdatedAt.ToUnixTimeMilliseconds() / 1000m);
        }
    }

    internal sealed record Input
    {
        [Member(IsNeeded = true, Min = 1, Max = 64, Pattern = ModelPatterns.StreamName)]
        public string? DeliveryStreamName { get; init; }

        /// <summary>There is one destination, which is at least what may be asked for.</summary>
        [Member(Min = 1, Max = 10_000)]
        public int? Limit { get; init; }

        [Member(Min = 1, Max = 100, Pattern = "[a-zA-Z0-9-]+")]
        public string? ExclusiveStartDestinationId { get; init; }
    }
}
