namespace Tarn.ContinuousQueries.Runtime;

/// <summary>A record that a view could not count.</summary>
internal sealed record BadRecord(string ShardId, ulong SequenceNumber, DateTimeOffset ArrivalTime, string Reason);
