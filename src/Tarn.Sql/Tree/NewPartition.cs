namespace Tarn.Sql.Tree;

/// <summary>One of ADD PARTITION; without a location it lies under its table's.</summary>
public sealed record NewPartition(PartitionSpec Partition, string? Location);
