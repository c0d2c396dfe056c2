using Tarn.DuckDb.NativeTables;
using Tarn.Query.Executions;

namespace Tarn.Query.Binding.Lines;

/// <summary>One pass: threads take the next piece when they have read theirs.</summary>
internal sealed class LineTableScan(LineTable table, ScanMeter? meter) : ISharedTableScan
{
    private int _taken;

    public int ThreadsMax => Math.Max(1, table.Pieces.Count);

    public INativeTableScan OpenPart() => new LinePartScan(table, Take, meter);

    public int Fill(ColumnWriter writer) =>
        throw new InvalidOperationException("the scan is read by its parts");

    public void Dispose()
    {
    }

    private LinePiece? Take()
    {
        var index = Interlocked.Increment(ref _taken) - 1;
        return index < table.Pieces.Count ? table.Pieces[index] : null;
    }
}
