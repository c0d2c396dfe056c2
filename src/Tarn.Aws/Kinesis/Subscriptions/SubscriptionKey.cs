namespace Tarn.Aws.Kinesis.Subscriptions;

/// <summary>What one subscription is for: a consumer's view of a shard.</summary>
/// <param name="RegisteredAt">Tells apart consumers of one name at different times.</param>
internal readonly record struct SubscriptionKey(
    string StreamId, string Consumer, DateTimeOffset RegisteredAt, string ShardId);
