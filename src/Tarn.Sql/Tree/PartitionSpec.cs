namespace Tarn.Sql.Tree;

/// <summary>PARTITION (column = value, ...).</summary>
/// <param name="Values">Columns in lower case; the values' text without quotes.</param>
public sealed record PartitionSpec(
    SqlPosition Position, IReadOnlyList<(string Column, string Value)> Values);
