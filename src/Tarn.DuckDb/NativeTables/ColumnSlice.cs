namespace Tarn.DuckDb.NativeTables;

/// <summary>Rows of a block: of each column the same stretch.</summary>
internal readonly record struct ColumnSlice(ColumnBuffer[] Columns, int From, int Count);
