namespace Tarn.Delivery.Batches;

/// <summary>Error codes of records that fail in a batch itself, in the form of Firehose's own.</summary>
internal static class FailureCodes
{
    public const string NotJson = "DataFormat.NotJson";
    public const string NoFolder = "DynamicPartitioning.NoPartition";
    public const string TooManyPartitions = "DynamicPartitioning.ActivePartitionLimitExceeded";
    public const string GivenUp = "S3.DeliveryFailed";
}
