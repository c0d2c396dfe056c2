using Tarn.Streams;
using Tarn.Streams.Consumers;
using Tarn.Streams.Metrics;
using Tarn.Streams.Shards;

namespace Tarn.Console.Api.Streams;

/// <summary>Streams as <c>/api</c> tells them: settings, figures since the server started, shards, consumers.</summary>
internal sealed class StreamBody(IStreamFigures figures, IConsumerLags lags, IStreamConsumers registered)
{
    public object Of(StreamDescription stream)
    {
        var now = figures.Find(stream.Name);
        var shards = now?.Shards.ToDictionary(shard => shard.ShardId) ?? [];
        return new
        {
            stream.Name,
            Mode = stream.Spec.OnDemand ? StreamMode.OnDemand : StreamMode.Provisioned,
            stream.Spec.RetentionHours,
            Durability = stream.Spec.Durability == StreamDurability.Disk ? DurabilityWord.Disk : DurabilityWord.Os,
            Limits = (now?.Rates ?? stream.Spec.Rates) == StreamRates.Aws ? LimitsWord.Aws : LimitsWord.None,
            Faults = new { stream.Spec.Faults.ErrorRate, LatencyMs = stream.Spec.Faults.LatencyMilliseconds },
            MaxRecordKib = stream.Spec.RecordBytesMax >> 10,
            stream.Spec.Tags,
            stream.CreatedAt,
            OpenShards = stream.Spec.ShardCount,
            IncomingRecords = now?.IncomingRecords ?? 0,
            IncomingBytes = now?.IncomingBytes ?? 0,
            OutgoingRecords = now?.OutgoingRecords ?? 0,
            OutgoingBytes = now?.OutgoingBytes ?? 0,
            FailedRecords = now?.FailedRecords ?? 0,
            ThrottledRecords = now?.ThrottledRecords ?? 0,
            ThrottledReads = now?.ThrottledReads ?? 0,
            StoredBytes = shards.Values.Sum(shard => shard.StoredBytes),
            NewestArrivalAt = shards.Values.Max(shard => shard.NewestArrivalAt),
            Shards = stream.Shards.Select(shard => Of(shard, shards.GetValueOrDefault(shard.ShardId))),
            Consumers = Consumers(stream.Name),
        };
    }

    private static object Of(ShardDescription shard, ShardFigures? now) => new
    {
        shard.ShardId,
        StartingHashKey = shard.StartingHashKey.ToString(),
        EndingHashKey = shard.EndingHashKey.ToString(),
        StartingSequenceNumber = shard.StartingSequenceNumber.ToString(),
        EndingSequenceNumber = shard.EndingSequenceNumber?.ToString(),
        shard.ParentShardId,
        shard.AdjacentParentShardId,
        shard.OpenedAt,
        shard.ClosedAt,
        IncomingRecords = now?.IncomingRecords ?? 0,
        IncomingBytes = now?.IncomingBytes ?? 0,
        StoredBytes = now?.StoredBytes ?? 0,
        IsStopped = now?.IsStopped == true,
    };

    /// <summary>Those that are registered and read nothing at the moment have no lag.</summary>
    private IEnumerable<object> Consumers(string stream)
    {
        var reading = lags.List().Where(lag => lag.Stream == stream).ToList();
        var idle = registered.List(stream)
            .Where(consumer => !reading.Exists(lag =>
                lag.Kind == ConsumerKind.EnhancedFanOut && lag.Consumer == consumer.Name));
        return reading.Select(object (lag) => new
        {
            Name = lag.Consumer,
            lag.Kind,
            LagMilliseconds = (long?)lag.LagMilliseconds,
            LagRecords = (long?)lag.LagRecords,
        }).Concat(idle.Select(object (consumer) => new
        {
            consumer.Name,
            Kind = ConsumerKind.EnhancedFanOut,
            LagMilliseconds = (long?)null,
            LagRecords = (long?)null,
        }));
    }
}
