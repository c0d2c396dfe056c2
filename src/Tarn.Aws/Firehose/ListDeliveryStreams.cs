using System.Text.Json;
using Tarn.Aws.Protocol.Shapes;
using Tarn.Delivery;

namespace Tarn.Aws.Firehose;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_ListDeliveryStreams.html</summary>
internal sealed class ListDeliveryStreams(IDeliveryStreams deliveries)
    : FirehoseOperation<ListDeliveryStreams.Input>(FirehoseJson.Default.ListInput)
{
    private const int NamesUsual = 10;

    public override string Name => "ListDeliveryStreams";

    protected override async Task RunAsync(Input input, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var limit = input.Limit ?? NamesUsual;
        var found = (await deliveries.ListAsync(cancellation))
            .Where(status => IsOfType(status, input.DeliveryStreamType))
            .Select(status => status.Spec.Name)
            .Where(name => string.CompareOrdinal(name, input.ExclusiveStartDeliveryStreamName) > 0)
            .ToList();
        answer.WriteStartArray("DeliveryStreamNames");
        foreach (var name in found.Take(limit))
        {
            answer.WriteStringValue(name);
        }

        answer.WriteEndArray();
        answer.WriteBoolean("HasMoreDeliveryStreams", found.Count > limit);
    }

    private static bool IsOfType(DeliveryStatus status, string? type) => type switch
    {
        null => true,
        CreateDeliveryStreamInput.DirectPut => status.Spec.Source is DeliverySource.DirectPut,
        CreateDeliveryStreamInput.FromStream => status.Spec.Source is DeliverySource.FromStream,
        _ => false,
    };

    internal sealed record Input
    {
        [Member(Min = 1, Max = 10_000)]
        public int? Limit { get; init; }

        [Member(Choices =
        [
            CreateDeliveryStreamInput.DirectPut, CreateDeliveryStreamInput.FromStream, "MSKAsSource",
            "DatabaseAsSource",
        ])]
        public string? DeliveryStreamType { get; init; }

        [Member(Min = 1, Max = 64, Pattern = ModelPatterns.StreamName)]
        public string? ExclusiveStartDeliveryStreamName { get; init; }
    }
}
