using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Processing.Steps;

/// <summary>
/// Reports what fails in flows that keep records one by one with the bytes that the record came with: what a function
/// saw of a compressed record is not what was sent.
/// </summary>
internal sealed class SourceRestoring(IRecordFlow inner) : IRecordFlow
{
    public async ValueTask RunAsync(
        IReadOnlyList<FlowRecord> input, FlowOutput output, CancellationToken cancellation)
    {
        var first = output.Failed.Count;
        await inner.RunAsync(input, output, cancellation).ConfigureAwait(false);
        if (output.Failed.Count == first)
        {
            return;
        }

        var sources = new Dictionary<(SequenceNumber, int), ReadOnlyMemory<byte>>(input.Count);
        foreach (var record in input)
        {
            sources[(record.Sequence, record.SubSequence)] = record.Data;
        }

        for (var at = first; at < output.Failed.Count; at++)
        {
            var failed = output.Failed[at];
            var source = sources[(failed.Record.Sequence, failed.Record.SubSequence)];
            output.Failed[at] = failed with { Record = failed.Record with { Data = source } };
        }
    }
}
