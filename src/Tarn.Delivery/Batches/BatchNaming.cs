using Tarn.Delivery.Checkpoints;
using Tarn.Formats.Compression;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.Batches;

/// <summary>
/// Where a batch goes: names made of stream, shard and sequence range, so that a repeat meets the same names.
/// </summary>
internal static class BatchNaming
{
    public static DeliveryPlan Plan(DeliverySpec spec, string shardId, in OpenBatch batch)
    {
        var folder = $"{spec.Table}/{batch.Hour.Path}";
        var extension = CompressionCodec.Extension(spec.Compression);
        var file = $"{spec.Stream}-{shardId}-{batch.First}-{batch.Last}.json{extension}";
        return new DeliveryPlan
        {
            Stream = spec.Stream,
            ShardId = shardId,
            First = batch.First.Value,
            Last = batch.Last.Value,
            Records = batch.Records,
            OldestArrival = batch.OldestArrival,
            DataObject = new ObjectKey(spec.Bucket, $"{spec.Prefix}{folder}{file}").ToString(),
            ErrorObject = new ObjectKey(spec.Bucket, $"{spec.Prefix}errors/{folder}{file}").ToString(),
            Compression = spec.Compression,
            Database = spec.Database,
            Table = spec.Table,
            Partition = batch.Hour.Values,
            Location = new ObjectKey(spec.Bucket, spec.Prefix + folder).ToString(),
        };
    }

    public static ObjectAttributes Attributes(CompressionFormat compression) => new()
    {
        ContentType = compression switch
        {
            CompressionFormat.Gzip => "application/gzip",
            CompressionFormat.Bzip2 => "application/x-bzip2",
            CompressionFormat.Zstd => "application/zstd",
            _ => "application/x-ndjson",
        },
    };
}
