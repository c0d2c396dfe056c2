using Tarn.Streams.Records;

namespace Tarn.Streams.Rates;

/// <summary>
/// What Kinesis gives out of a shard to the callers of GetRecords together: five reads and 2 MiB per second
/// (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html). A read may return more than that, up
/// to 10 MiB; the shard then gives nothing until it is paid for, counted from the oldest read of that second: 10 MiB
/// close it for five seconds. Reads go one at a time, so that none slips through beside another. Thread-safe.
/// </summary>
internal sealed class ReadLimit(TimeProvider clock)
{
    public const int ReadsPerSecond = 5;
    public const int BytesPerSecond = 2 << 20;

    private readonly Lock _gate = new();
    private readonly SecondWindow _window = new(clock);

    /// <summary>Null when a read would be too much now; then nothing is counted.</summary>
    public ReadBatch? TryRead(Func<ReadBatch> read)
    {
        lock (_gate)
        {
            _window.Forget();
            if (_window.IsHeld || _window.Count >= ReadsPerSecond)
            {
                return null;
            }

            var batch = read();
            _window.Add(batch.Records.Sum(record => record.PartitionKey.Length + (long)record.Data.Length));
            if (_window.Bytes >= BytesPerSecond)
            {
                _window.Hold(BytesPerSecond);
            }

            return batch;
        }
    }
}
