using Tarn.Delivery.Conversion;
using Tarn.Delivery.Processing;

namespace Tarn.Delivery.Batches;

/// <summary>Records that wait in a spool until the batch ends, and then become one file of another format.</summary>
internal sealed class StagedRows(IRecordConversion conversion, Staging staging) : IStagedOutput
{
    private readonly RecordSpool _spool = new(staging.NewPath());
    private readonly string _path = staging.NewPath();

    public bool IsFull => false;

    public void Add(in FlowRecord record) => _spool.Append(record);

    public ValueTask DrainAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public async Task<StagedFile?> FinishAsync(Action<FailedRecord> failed, CancellationToken cancellation)
    {
        _spool.Complete();
        var done = await conversion.ConvertAsync(_spool.Path, _path, failed, cancellation).ConfigureAwait(false);
        return done.Rows == 0 ? null : new StagedFile(_path, done.Rows) { UnknownMembers = done.UnknownMembers };
    }

    public ValueTask DisposeAsync()
    {
        _spool.Dispose();
        File.Delete(_path);
        return ValueTask.CompletedTask;
    }
}
