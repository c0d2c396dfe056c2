using Tarn.Primitives.Identity;

namespace Tarn.Streams.Shards;

/// <summary>A shard: the hash keys it owns and the numbers it holds.</summary>
/// <param name="ShardId"><c>shardId-</c> and twelve digits.</param>
/// <param name="StartingHashKey">Inclusive.</param>
/// <param name="EndingHashKey">Inclusive.</param>
/// <param name="StartingSequenceNumber">The first number the shard can give.</param>
/// <param name="EndingSequenceNumber">The last number, once closed, consumed by closing: above every record. Null
/// while open.</param>
/// <param name="ParentShardId">The shard it was split or merged from, or null.</param>
/// <param name="AdjacentParentShardId">The other parent of a merge, or null.</param>
/// <param name="OpenedAt">When it began to take records, UTC, milliseconds.</param>
/// <param name="ClosedAt">When it took its last, or null while open.</param>
public sealed record ShardDescription(
    string ShardId,
    UInt128 StartingHashKey,
    UInt128 EndingHashKey,
    SequenceNumber StartingSequenceNumber,
    SequenceNumber? EndingSequenceNumber,
    string? ParentShardId,
    string? AdjacentParentShardId,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt);
