using Tarn.Streams.Records;

namespace Tarn.Console.Streams;

/// <summary>A record and where it lies.</summary>
internal sealed record TailRecord(string ShardId, StreamRecord Record);
