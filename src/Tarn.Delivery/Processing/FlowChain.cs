namespace Tarn.Delivery.Processing;

/// <summary>Flows one after another: what goes on from one is the input of the next.</summary>
internal sealed class FlowChain(IReadOnlyList<IRecordFlow> flows) : IRecordFlow
{
    public async ValueTask RunAsync(
        IReadOnlyList<FlowRecord> input, FlowOutput output, CancellationToken cancellation)
    {
        var failed = new List<FailedRecord>();
        var records = input;
        for (var at = 0; at < flows.Count - 1; at++)
        {
            var between = new FlowOutput();
            await flows[at].RunAsync(records, between, cancellation).ConfigureAwait(false);
            failed.AddRange(between.Failed);
            records = between.Records;
        }

        if (failed.Count == 0)
        {
            await flows[^1].RunAsync(records, output, cancellation).ConfigureAwait(false);
            return;
        }

        var last = new FlowOutput();
        await flows[^1].RunAsync(records, last, cancellation).ConfigureAwait(false);
        output.Records.AddRange(last.Records);

        // The order of the input, whichever step they failed in: sorting is stable.
        output.Failed.AddRange(failed.Concat(last.Failed).OrderBy(one => one.Record.Sequence));
    }
}
