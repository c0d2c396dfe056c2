using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Hybrid;

/// <summary>From where on a shard's records are not delivered.</summary>
internal sealed record TailStart(string ShardId, SequenceNumber Next);
