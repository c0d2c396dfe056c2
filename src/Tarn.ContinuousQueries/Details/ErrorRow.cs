namespace Tarn.ContinuousQueries.Details;

/// <summary>A record that a view could not read or compute.</summary>
public sealed record ErrorRow(string ShardId, string SequenceNumber, DateTimeOffset ArrivalTime, string Reason);
