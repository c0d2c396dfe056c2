using System.Buffers;
using Tarn.Delivery.Processing;

namespace Tarn.Delivery.Batches;

/// <summary>Records as they are, or a line each.</summary>
internal sealed class StagedLines(StagedObject target, RecordForm form) : IStagedOutput
{
    public bool IsFull => target.IsFull;

    public void Add(in FlowRecord record)
    {
        if (form == RecordForm.JsonLines)
        {
            RecordLine.Write(target.Output, record.Data.Span);
        }
        else
        {
            target.Output.Write(record.Data.Span);
        }

        target.EndLine();
    }

    public ValueTask DrainAsync(CancellationToken cancellation) => target.DrainAsync();

    public Task<StagedFile?> FinishAsync(Action<FailedRecord> failed, CancellationToken cancellation) =>
        target.FinishAsync();

    public ValueTask DisposeAsync() => target.DisposeAsync();
}
