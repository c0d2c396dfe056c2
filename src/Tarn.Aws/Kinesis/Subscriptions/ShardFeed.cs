using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.EventStreams;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Consumers;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis.Subscriptions;

/// <summary>
/// Pushes a shard's records to one consumer for five minutes:
/// <code>
///          +---------------- records -----------------+
///          v                                          |
/// read -> event -> wait for room -> read -> nothing -> wait for a commit, or five seconds: an empty event
///          |
///          +-> end of the shard: children, done
/// </code>
/// Nothing is read from the log before the last event has gone, so a slow consumer holds one event, in the
/// connection's buffer. One that waits holds a timer: commits wake it, nothing is polled. Under AWS's rates each is
/// given 2 MiB a second. The stream ends without an error after five minutes and when the server stops, with
/// ResourceInUseException when a newer call took over, and with ResourceNotFoundException when the consumer or the
/// stream has gone (at the next event, so within 5 seconds).
/// </summary>
internal sealed class ShardFeed(
    IStreams streams,
    ISharedReads limits,
    IStreamConsumers consumers,
    TimeProvider time,
    StreamConsumer consumer,
    ShardSubscription subscription,
    SequenceNumber start,
    CancellationToken stopping) : IEventSource
{
    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(5);

    /// <summary>
    /// AWS sends empty events to a consumer of a quiet shard; SDKs give up after 30 seconds without bytes, KCL after
    /// 35.
    /// </summary>
    public static readonly TimeSpan QuietMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TimerStep = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan ClosingPause = TimeSpan.FromMilliseconds(10);

    /// <summary>Small, since each consumer that does not read holds one event; AWS documents no size.</summary>
    private static readonly ReadBounds EventMax = new(RecordsMax: 10_000, BytesMax: 256 << 10);

    private readonly string _shardId = subscription.Key.ShardId;
    private readonly PushPace _pace = new(time);

    public async Task RunAsync(EventStream stream, CancellationToken cancellation)
    {
        using var expiry = new CancellationTokenSource(Duration, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(
            cancellation, stopping, expiry.Token, subscription.TakenOver);
        try
        {
            await PushAsync(stream, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            if (subscription.TakenOver.IsCancellationRequested)
            {
                throw KinesisErrors.InUse(
                    $"Another call has taken over the subscription of consumer {consumer.Name} to shard {_shardId}.");
            }
        }
    }

    public void Dispose() => subscription.Dispose();

    private async Task PushAsync(EventStream stream, CancellationToken cancellation)
    {
        var headers = stream.HeadersOf(SubscribeToShardEvent.Name);
        using var progress = consumers.Follow(consumer, _shardId, start);
        var next = start;
        var sentAt = time.GetTimestamp();
        Task? arrival = null;
        Task? tick = null;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            CheckRegistered();
            var batch = await streams.ReadAsync(consumer.Stream, _shardId, next, EventMax, cancellation);
            var isOver = batch.ShardEnded;
            next = batch.Next;
            if (batch.Records.Count > 0 || isOver || time.GetElapsedTime(sentAt) >= QuietMax)
            {
                if (batch.Records.Count > 0)
                {
                    progress.Sending(batch.Records[0].ArrivalTime);
                }

                await Send(stream, headers, batch, cancellation);
                progress.Sent(next);
                if (isOver)
                {
                    return;
                }

                sentAt = time.GetTimestamp();
                await _pace.WaitAsync(cancellation);
                continue;
            }

            if (arrival is { IsCompleted: true })
            {
                // It was woken for nothing: the log is closed and the shard not yet, as somebody is resharding.
                await arrival;
                await Task.Delay(ClosingPause, time, cancellation);
            }

            tick = tick is { IsCompleted: false } ? tick : QuietAsync(sentAt, cancellation);
            arrival = arrival is { IsCompleted: false }
                ? arrival
                : streams.WaitAsync(consumer.Stream, _shardId, next, cancellation);
            await Task.WhenAny(arrival, tick);
        }
    }

    /// <summary>Until it is time for an empty event, if nothing else is sent before.</summary>
    private Task QuietAsync(long sentAt, CancellationToken cancellation)
    {
        var left = QuietMax - time.GetElapsedTime(sentAt);
        return Task.Delay(left > TimerStep ? left : TimerStep, time, cancellation);
    }

    /// <summary>Copies the event to the connection's buffer at once, so that only the copy waits for room.</summary>
    private Task Send(EventStream stream, EventHeaders headers, ReadBatch batch, CancellationToken cancellation)
    {
        if (limits.IsLimited(consumer.Stream, _shardId))
        {
            _pace.Count(batch);
        }

        using var payload = new PooledBuffer(256);
        if (batch.ShardEnded)
        {
            SubscribeToShardEvent.WriteEnd(payload, stream.Format, batch, _shardId, CheckRegistered());
        }
        else
        {
            SubscribeToShardEvent.Write(payload, stream.Format, batch);
        }

        batch.Release();
        return stream.SendAsync(headers, payload.Written.Span, cancellation);
    }

    private StreamDescription CheckRegistered()
    {
        var stream = streams.Find(consumer.Stream);
        return stream?.Id == subscription.Key.StreamId
            && consumers.Find(consumer.Stream, consumer.Name)?.CreatedAt == consumer.CreatedAt
            ? stream
            : throw new AwsException(
                "ResourceNotFoundException",
                400,
                $"Consumer {consumer.Name} of stream {consumer.Stream} is not registered any more.");
    }
}
