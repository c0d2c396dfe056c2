using Microsoft.Extensions.Logging;

namespace Tarn.Delivery;

/// <summary>What this room logs. Ids are never reused.</summary>
internal static partial class DeliveryLog
{
    [LoggerMessage(5001, LogLevel.Debug, "delivery {Delivery} wrote {Object}: {Records} records, {BadRecords} refused")]
    public static partial void Delivered(
        ILogger logger, string delivery, string @object, long records, long badRecords);

    [LoggerMessage(5002, LogLevel.Warning, "delivery {Delivery} of shard {Shard} failed {Failures} times in a row")]
    public static partial void AttemptFailed(
        ILogger logger, string delivery, string shard, int failures, Exception exception);

    [LoggerMessage(
        5003,
        LogLevel.Error,
        "{Records} records of stream {Stream} shard {Shard} from {First} to {Last} left the log before delivery")]
    public static partial void RecordsLost(
        ILogger logger, long records, string stream, string shard, ulong first, ulong last);
}
