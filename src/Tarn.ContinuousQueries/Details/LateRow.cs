namespace Tarn.ContinuousQueries.Details;

/// <summary>A record that came when all its windows were closed.</summary>
/// <param name="Watermark">Where the view's watermark stood.</param>
/// <param name="Record">The payload: UTF-8 text, or Base64 where it is not text.</param>
public sealed record LateRow(
    string Source, string ShardId, string SequenceNumber, DateTimeOffset ArrivalTime, DateTimeOffset EventTime,
    DateTimeOffset Watermark, string Record);
