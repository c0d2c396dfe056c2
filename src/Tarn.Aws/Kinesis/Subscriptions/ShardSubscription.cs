namespace Tarn.Aws.Kinesis.Subscriptions;

/// <summary>A consumer's turn at a shard, until it is disposed.</summary>
internal sealed class ShardSubscription(ShardSubscriptions owner, SubscriptionKey key, DateTimeOffset startedAt)
    : IDisposable
{
    private readonly CancellationTokenSource _takenOver = new();

    public SubscriptionKey Key { get; } = key;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>A later call has taken its place.</summary>
    public CancellationToken TakenOver => _takenOver.Token;

    public void TakeOver() => _takenOver.Cancel();

    // The source has no timer and may be cancelled at the same moment, so it is left to the collector.
    public void Dispose() => owner.End(this);
}
