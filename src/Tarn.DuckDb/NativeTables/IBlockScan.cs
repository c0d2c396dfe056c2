namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// A pass over rows that already stand in columns: a chunk is copied from them as a whole instead of cell by cell. <see
/// cref="INativeTableScan.Fill"/> is not called.
/// </summary>
internal interface IBlockScan : INativeTableScan
{
    /// <summary>
    /// The next rows, at most as many as asked for; none at the end. What it gives stays as it is until the next call.
    /// </summary>
    ColumnSlice Next(int rowsMax);
}
