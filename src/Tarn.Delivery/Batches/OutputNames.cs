using Tarn.Delivery.Lanes;
using Tarn.Formats.Compression;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.Batches;

/// <summary>
/// What objects are called: folder, delivery stream, shard and sequence range, so that a repeat meets the same names.
/// </summary>
internal static class OutputNames
{
    public static ObjectKey Data(DeliveryLane lane, string folder, string shardId, in BatchRange range)
    {
        var format = lane.Destination switch
        {
            ObjectDestination { Conversion: not null } => ".parquet",
            ObjectDestination { Form: RecordForm.JsonLines } => ".json",
            _ => "",
        };
        var extension = lane.Output.FileExtension ?? format + CompressionCodec.Extension(lane.Output.Compression);
        return Name(lane, folder, shardId, range, extension);
    }

    public static ObjectKey Failures(DeliveryLane lane, string folder, string shardId, in BatchRange range) =>
        Name(lane, folder, shardId, range, ".json" + CompressionCodec.Extension(lane.Output.Compression));

    private static ObjectKey Name(
        DeliveryLane lane, string folder, string shardId, in BatchRange range, string extension)
    {
        var backup = lane.IsBackup ? "-backup" : "";
        var file = $"{lane.Delivery}-{shardId}-{range.First}-{range.Last}{backup}{extension}";
        return new ObjectKey(lane.Output.Bucket, folder + file);
    }
}
