namespace Tarn.Streams.Rates;

/// <summary>
/// What Kinesis takes into a shard: 1,000 records and 1 MiB of data and partition keys per second
/// (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html). Exact: in no second, wherever it
/// begins, more is taken. A record that is larger than a second's bytes passes when nothing else was taken in that
/// time, and is paid for before the next: a 10 MiB record closes the shard for ten seconds. Thread-safe.
/// </summary>
internal sealed class WriteLimit(TimeProvider clock)
{
    public const int RecordsPerSecond = 1_000;
    public const int BytesPerSecond = 1 << 20;

    private readonly Lock _gate = new();
    private readonly SecondWindow _window = new(clock);

    /// <summary>False when the record would be too much now; then nothing is counted.</summary>
    /// <param name="bytes">Data and partition key.</param>
    public bool TryTake(int bytes)
    {
        lock (_gate)
        {
            _window.Forget();
            var fits = bytes <= BytesPerSecond - _window.Bytes || _window.Bytes == 0;
            if (_window.IsHeld || !fits || _window.Count >= RecordsPerSecond)
            {
                return false;
            }

            _window.Add(bytes);
            if (bytes > BytesPerSecond)
            {
                _window.Hold(BytesPerSecond);
            }

            return true;
        }
    }
}
