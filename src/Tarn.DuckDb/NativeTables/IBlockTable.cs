namespace Tarn.DuckDb.NativeTables;

/// <summary>A table whose scans are <see cref="IBlockScan"/>; its columns may have any native type.</summary>
internal interface IBlockTable : INativeTable;
