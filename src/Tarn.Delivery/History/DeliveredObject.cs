using Tarn.Formats.Compression;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.History;

/// <summary>An object of JSON lines: a range of a shard's records, those that were no JSON objects left out.</summary>
public sealed record DeliveredObject(
    string ShardId, ulong First, ulong Last, ObjectKey Key, DateTimeOffset WrittenAt, CompressionFormat Compression);
