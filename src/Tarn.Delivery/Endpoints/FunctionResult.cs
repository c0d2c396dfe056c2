namespace Tarn.Delivery.Endpoints;

/// <summary>What a function answered for one record.</summary>
/// <param name="Data">The record's new bytes; empty unless the outcome is Ok.</param>
/// <param name="PartitionKeys">Keys that it gave for the prefix, or null.</param>
public sealed record FunctionResult(
    string RecordId,
    FunctionOutcome Outcome,
    ReadOnlyMemory<byte> Data,
    IReadOnlyDictionary<string, string>? PartitionKeys);
