using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Streams.Records;

/// <summary>A record on its way in.</summary>
/// <param name="PartitionKey">UTF-8, 1 to 256 characters.</param>
/// <param name="Data">The payload; data and key together at most the stream's limit.</param>
/// <param name="ExplicitHashKey">Overrides the MD5 of the partition key.</param>
public readonly record struct StreamEntry(
    ReadOnlyMemory<byte> PartitionKey, ReadOnlyMemory<byte> Data, UInt128? ExplicitHashKey = null);
