using Microsoft.Extensions.Logging;
using Tarn.Catalog.Tables;

namespace Tarn.Jobs.Compaction;

/// <summary>What compaction logs. Ids are never reused.</summary>
internal static partial class CompactionLog
{
    [LoggerMessage(7101, LogLevel.Information,
        "compaction of {Table}: {Objects} objects of {BytesIn} bytes became {Target} of {BytesOut} bytes")]
    public static partial void Switched(
        ILogger logger, TableName table, int objects, long bytesIn, string target, long bytesOut);

    [LoggerMessage(7102, LogLevel.Information, "compaction of {Table} into {Target} was given up: {Reason}")]
    public static partial void Aborted(ILogger logger, TableName table, string target, string reason);

    [LoggerMessage(7103, LogLevel.Warning, "compaction of {Table} leaves {Object} alone: {Reason}")]
    public static partial void LeftAlone(ILogger logger, TableName table, string @object, string reason);

    [LoggerMessage(7104, LogLevel.Warning, "compaction of {Table} failed; it is tried again")]
    public static partial void Failed(ILogger logger, TableName table, Exception failure);

    [LoggerMessage(7105, LogLevel.Warning, "compaction could not look at the tables; it is tried again")]
    public static partial void NotLooked(ILogger logger, Exception failure);

    [LoggerMessage(7106, LogLevel.Information, "compaction of {Table}: {Target} is done again after a stop")]
    public static partial void Repeated(ILogger logger, TableName table, string target);
}
