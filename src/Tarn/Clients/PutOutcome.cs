namespace Tarn.Clients;

/// <summary>What became of a record: where it is, or the error's code and message.</summary>
internal readonly record struct PutOutcome(
    string? ShardId, string? SequenceNumber, string? ErrorCode, string? ErrorMessage);
