namespace Tarn.Sql.Translation;

/// <summary>A column of a table that a query reads.</summary>
internal sealed record ColumnUse(TableScan Scan, string Column);
