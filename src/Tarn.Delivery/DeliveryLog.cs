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

    [LoggerMessage(
        5004,
        LogLevel.Warning,
        "events of objects wait for stream {Stream}, which does not exist; they are sent when it is created")]
    public static partial void StreamGone(ILogger logger, string stream);

    [LoggerMessage(
        5005,
        LogLevel.Warning,
        "events of objects were not taken by stream {Stream}, tried again in {Delay}: {Reason}")]
    public static partial void EventsNotTaken(ILogger logger, string stream, TimeSpan delay, string reason);

    [LoggerMessage(5006, LogLevel.Warning, "events of objects could not be read or forgotten, tried again in {Delay}")]
    public static partial void OutboxFailed(ILogger logger, TimeSpan delay, Exception exception);

    [LoggerMessage(5007, LogLevel.Debug, "{Count} events of objects are on stream {Stream}")]
    public static partial void EventsSent(ILogger logger, int count, string stream);
}
