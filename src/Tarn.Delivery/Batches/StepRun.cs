using Tarn.Delivery.Processing;
using Tarn.Delivery.Processing.Steps;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Batches;

/// <summary>Takes records of the log through the steps, failures to their objects. Used by one batch.</summary>
internal sealed class StepRun(DeliveryDestination destination, IRecordFlow? flow, FailureObjects failures)
{
    /// <summary>A record may unpack to 10 MiB: so many at once stay within bounds.</summary>
    private const int PackedRecordsMax = 8;

    private readonly int _recordsMax =
        destination.Steps.OfType<DecompressStep>().Any() ? PackedRecordsMax : int.MaxValue;

    private readonly List<FlowRecord> _chunk = [];
    private readonly FlowOutput _flowed = new();

    /// <summary>
    /// Whether the steps would do nothing to these: then they need not be copied through them. It is so for most.
    /// </summary>
    public bool AreIdle(IReadOnlyList<StreamRecord> records)
    {
        if (flow is not AggregateOpening)
        {
            return flow is null;
        }

        for (var i = 0; i < records.Count; i++)
        {
            if (KplAggregate.IsMarked(records[i].Data.Span))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The records that came through, some at a time; each list is good until the next is asked for. Not for records
    /// to which steps are idle.
    /// </summary>
    public async IAsyncEnumerable<List<FlowRecord>> RunAsync(
        IReadOnlyList<StreamRecord> records,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var done = 0; done < records.Count; done += _chunk.Count)
        {
            _chunk.Clear();
            for (var i = done; i < records.Count && _chunk.Count < _recordsMax; i++)
            {
                _chunk.Add(FlowRecord.Of(records[i]));
            }

            _flowed.Clear();
            await flow!.RunAsync(_chunk, _flowed, cancellation).ConfigureAwait(false);
            _flowed.Failed.ForEach(failures.Add);
            await failures.DrainAsync().ConfigureAwait(false);
            yield return _flowed.Records;
        }
    }
}
