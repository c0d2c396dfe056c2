using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Batches;

/// <summary>Columns without rows: what a planned query is bound against.</summary>
internal sealed class EmptyTable(IReadOnlyList<DuckDbColumn> columns) : INativeTable
{
    public IReadOnlyList<DuckDbColumn> Columns { get; } = columns;

    public INativeTableScan Open() => new Scan();

    private sealed class Scan : INativeTableScan
    {
        public int Fill(ColumnWriter writer) => 0;

        public void Dispose()
        {
        }
    }
}
