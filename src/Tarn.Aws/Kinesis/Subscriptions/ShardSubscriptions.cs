namespace Tarn.Aws.Kinesis.Subscriptions;

/// <summary>
/// Lets each consumer have one subscription per shard, as SubscribeToShard documents: within five seconds of a
/// successful call another is refused, whether or not the first still runs; later, the newer call takes over.
/// Thread-safe.
/// </summary>
internal sealed class ShardSubscriptions(TimeProvider time)
{
    public static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<SubscriptionKey, ShardSubscription> _newest = [];

    /// <summary>Those that ended young and still keep others away, in the order in which they ended.</summary>
    private readonly Queue<ShardSubscription> _ended = new();

    public ShardSubscription Begin(SubscriptionKey key)
    {
        ShardSubscription? older;
        ShardSubscription begun;
        lock (_lock)
        {
            Forget();
            if (_newest.TryGetValue(key, out older) && IsHeld(older))
            {
                throw KinesisErrors.InUse(
                    $"Consumer {key.Consumer} subscribed to shard {key.ShardId} less than {HeldFor.TotalSeconds} "
                    + "seconds ago.");
            }

            begun = new ShardSubscription(this, key, time.GetUtcNow());
            _newest[key] = begun;
        }

        older?.TakeOver();
        return begun;
    }

    public void End(ShardSubscription subscription)
    {
        lock (_lock)
        {
            if (IsHeld(subscription))
            {
                _ended.Enqueue(subscription);
            }
            else
            {
                Remove(subscription);
            }
        }
    }

    private void Forget()
    {
        while (_ended.TryPeek(out var ended) && !IsHeld(ended))
        {
            _ended.Dequeue();
            Remove(ended);
        }
    }

    private void Remove(ShardSubscription subscription)
    {
        if (_newest.GetValueOrDefault(subscription.Key) == subscription)
        {
            _newest.Remove(subscription.Key);
        }
    }

    /// <summary>A clock that was set back does not prolong it.</summary>
    private bool IsHeld(ShardSubscription subscription)
    {
        var age = time.GetUtcNow() - subscription.StartedAt;
        return age >= TimeSpan.Zero && age < HeldFor;
    }
}
