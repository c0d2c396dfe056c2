using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Streams.Records;

/// <summary>What became of an entry: shard and number once it is on disk, or the reason it is not.</summary>
/// <param name="Error">Null: stored.</param>
public readonly record struct AppendOutcome(string ShardId, SequenceNumber SequenceNumber, AppendError? Error);
