using Tarn.Jobs.Compaction;

namespace Tarn.Console.Api;

/// <summary>Compaction of a table as <c>/api</c> shows it.</summary>
/// <param name="TargetBytes">Null, as the two after it, when the setting was taken away.</param>
internal sealed record CompactionBody(
    string Table,
    long? TargetBytes,
    long? AfterMinutes,
    long? GraceMinutes,
    long ObjectsIn,
    long BytesIn,
    long ObjectsOut,
    long BytesOut,
    DateTimeOffset? LastAt,
    int ObjectsInGrace,
    long BytesUnderWay,
    long BytesDone,
    int ObjectsLeftAlone,
    string? Error,
    DateTimeOffset? ErrorAt)
{
    public static CompactionBody Of(CompactionStatus status) => new(
        status.Table.ToString(),
        status.Settings?.TargetBytes,
        (long?)status.Settings?.After.TotalMinutes,
        (long?)status.Settings?.Grace.TotalMinutes,
        status.ObjectsIn,
        status.BytesIn,
        status.ObjectsOut,
        status.BytesOut,
        status.LastAt,
        status.ObjectsInGrace,
        status.BytesUnderWay,
        status.BytesDone,
        status.ObjectsLeftAlone,
        status.Error,
        status.ErrorAt);
}
