namespace Tarn.Catalog.Tables;

/// <summary>Rows are divided among files by Hive's hash of these columns, modulo the count.</summary>
public sealed record TableBuckets(IReadOnlyList<string> Columns, int Count);
