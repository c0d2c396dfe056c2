using Tarn.DuckDb.Results;

namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// One pass over the rows. Called by one DuckDB thread at a time; see <see cref="ISharedTableScan"/> for several.
/// </summary>
public interface INativeTableScan : IDisposable
{
    /// <summary>Writes up to <see cref="ColumnWriter.Capacity"/> rows and returns how many; 0 ends the scan.</summary>
    int Fill(ColumnWriter writer);
}
