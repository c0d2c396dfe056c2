namespace Tarn.Delivery.Processing.Steps;

/// <summary>Passes records on, and opens those in which the Kinesis Producer Library has put several.</summary>
internal sealed class AggregateOpening : IRecordFlow
{
    public ValueTask RunAsync(IReadOnlyList<FlowRecord> input, FlowOutput output, CancellationToken cancellation)
    {
        foreach (var record in input)
        {
            if (!KplAggregate.TryOpen(record, output.Records))
            {
                output.Records.Add(record);
            }
        }

        return ValueTask.CompletedTask;
    }
}
