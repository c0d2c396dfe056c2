using Tarn.DuckDb.NativeTables;
using Tarn.Query.Executions;

namespace Tarn.Query.Binding;

/// <summary>Files that are read here, as DuckDB sees them.</summary>
internal interface IFileTable : INativeTable
{
    /// <summary>Begins a scan.</summary>
    /// <param name="meter">Counts what it reads; null: nobody asks.</param>
    INativeTableScan Open(ScanMeter? meter);

    /// <summary>The DuckDB query that gives the columns in their types: used columns first, then constants.</summary>
    /// <param name="name">Under which the table is registered.</param>
    string Select(string name);
}
