namespace Tarn.Streams.Metrics;

/// <summary>Holds the positions of all rooms' consumers against the tips of their streams.</summary>
internal sealed class ConsumerLags(StreamRegistry registry, IEnumerable<IConsumerPositions> rooms) : IConsumerLags
{
    /// <summary>Consumers of streams that are gone are left out: there is nothing to be behind of.</summary>
    public IReadOnlyList<ConsumerLag> List()
    {
        var streams = registry.All;
        return
        [
            .. rooms.SelectMany(room => room.List())
                .Where(consumer => streams.ContainsKey(consumer.Stream))
                .Select(consumer => Of(consumer, streams[consumer.Stream])),
        ];
    }

    private static ConsumerLag Of(ConsumerPosition consumer, OpenStream stream)
    {
        long records = 0;
        foreach (var log in stream.Logs)
        {
            var tip = log.Tip.Next;
            if (consumer.Next.TryGetValue(log.Place.ShardId, out var next) && next.Value < tip)
            {
                records += (long)(tip - next.Value);
            }
        }

        return new ConsumerLag(
            consumer.Stream, consumer.Consumer, consumer.Kind, consumer.LagMilliseconds, records);
    }
}
