using Tarn.DuckDb.NativeTables;
using Tarn.Query.Executions;

namespace Tarn.Query.Binding.Avro;

/// <summary>One pass: threads take the next file when they have read theirs.</summary>
internal sealed class AvroTableScan(AvroTable table, ScanMeter? meter) : ISharedTableScan
{
    private int _taken;

    public int ThreadsMax => Math.Max(1, table.Files.Count);

    public INativeTableScan OpenPart() => new AvroPartScan(table, Take, meter);

    public int Fill(ColumnWriter writer) =>
        throw new InvalidOperationException("the scan is read by its parts");

    public void Dispose()
    {
    }

    private OpenFile? Take()
    {
        var index = Interlocked.Increment(ref _taken) - 1;
        return index < table.Files.Count ? table.Files[index] : null;
    }
}
