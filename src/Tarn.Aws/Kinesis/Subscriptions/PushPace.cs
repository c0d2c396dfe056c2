using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis.Subscriptions;

/// <summary>
/// Spreads what one consumer is given of one shard over time, 2 MiB a second as enhanced fan-out does: an event is paid
/// for before the next one is read.
/// </summary>
internal sealed class PushPace(TimeProvider time)
{
    public const int BytesPerSecond = 2 << 20;

    private long _freeAt = time.GetTimestamp();

    public void Count(ReadBatch batch)
    {
        var bytes = 0L;
        for (var i = 0; i < batch.Records.Count; i++)
        {
            bytes += batch.Records[i].Data.Length + batch.Records[i].PartitionKey.Length;
        }

        _freeAt = Math.Max(_freeAt, time.GetTimestamp()) + (bytes * time.TimestampFrequency / BytesPerSecond);
    }

    public Task WaitAsync(CancellationToken cancellation)
    {
        var left = time.GetElapsedTime(time.GetTimestamp(), _freeAt);
        return left > TimeSpan.Zero ? Task.Delay(left, time, cancellation) : Task.CompletedTask;
    }
}
