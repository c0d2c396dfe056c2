namespace Tarn.ContinuousQueries.Runtime;

/// <summary>A record that came when all its windows were closed.</summary>
/// <param name="EventTime">Microseconds since 1970-01-01 UTC.</param>
/// <param name="Watermark">Where the view's watermark stood, microseconds since 1970-01-01 UTC.</param>
/// <param name="Record">The payload: UTF-8 text, or Base64 where it is not text.</param>
internal sealed record LateRecord(
    string Source, string ShardId, ulong SequenceNumber, DateTimeOffset ArrivalTime, long EventTime, long Watermark,
    string Record);
