namespace Tarn.Delivery.Batches;

/// <summary>What a shard's loop does next.</summary>
internal abstract record BatchDecision
{
    private BatchDecision()
    {
    }

    /// <summary>Deliver what the batch holds.</summary>
    internal sealed record Deliver : BatchDecision;

    /// <summary>There is more in the log: read on.</summary>
    internal sealed record ReadOn : BatchDecision;

    /// <summary>
    /// Wait for records, but not beyond <paramref name="DueAt"/> (null: there is no batch that could fall due).
    /// </summary>
    internal sealed record Wait(DateTimeOffset? DueAt) : BatchDecision;

    /// <summary>The shard is closed and all of it is delivered.</summary>
    internal sealed record End : BatchDecision;

    /// <summary>
    /// The rule. A batch is delivered when it can take no more (<paramref name="isClosed"/>), when its oldest record is
    /// old enough, when a flush asks for it, or when its shard has ended; at the tip of the log only, except when
    /// closed.
    /// </summary>
    /// <param name="isClosed">The next record did not fit.</param>
    /// <param name="isAtTip">The last read returned nothing.</param>
    /// <param name="hasShardEnded">Nothing will follow what was read.</param>
    /// <param name="isFlushAsked">Somebody waits for a record of this batch.</param>
    public static BatchDecision Of(
        in BatchRange batch,
        DateTimeOffset now,
        TimeSpan bufferTime,
        bool isClosed,
        bool isAtTip,
        bool hasShardEnded,
        bool isFlushAsked)
    {
        if (batch.IsEmpty)
        {
            return hasShardEnded ? new End() : isAtTip ? new Wait(null) : new ReadOn();
        }

        var dueAt = batch.OldestArrival + bufferTime;
        if (isClosed || hasShardEnded)
        {
            return new Deliver();
        }

        if (!isAtTip)
        {
            return new ReadOn();
        }

        return isFlushAsked || now >= dueAt ? new Deliver() : new Wait(dueAt);
    }
}
