using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Query.Executions;

namespace Tarn.Query.Binding;

/// <summary>Files that are read here, and what is read of them counted.</summary>
internal sealed class CountedRows(IFileTable rows, ScanMeter meter) : INativeTable
{
    public IReadOnlyList<DuckDbColumn> Columns => rows.Columns;

    public INativeTableScan Open() => rows.Open(meter);
}
