namespace Tarn.DuckDb.NativeTables;

/// <summary>
/// A pass over the rows that several DuckDB threads make together: each fills chunks from a part of its own, and every
/// row is in one part. <see cref="INativeTableScan.Fill"/> of the scan itself is not called. Where the rows' order
/// counts (preserve_insertion_order) DuckDB uses one thread, so one part must give its rows in order.
/// </summary>
public interface ISharedTableScan : INativeTableScan
{
    /// <summary>At least 1; DuckDB uses fewer when it has fewer.</summary>
    int ThreadsMax { get; }

    /// <summary>A part for one thread. Called by several threads at once.</summary>
    INativeTableScan OpenPart();
}
