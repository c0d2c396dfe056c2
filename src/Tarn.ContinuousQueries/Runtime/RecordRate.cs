namespace Tarn.ContinuousQueries.Runtime;

/// <summary>Records per second over the last seconds, from counts seen now and then. Under the runner's lock.</summary>
internal sealed class RecordRate(TimeProvider time)
{
    private const int SecondsShown = 5;
    private readonly Queue<(long At, long Records)> _seen = [];

    /// <summary>Tells how many records were counted in all before the batch that is counted now.</summary>
    public void Saw(long records)
    {
        var now = time.GetTimestamp();
        if (_seen.Count == 0 || time.GetElapsedTime(_seen.Last().At, now) >= TimeSpan.FromMilliseconds(200))
        {
            _seen.Enqueue((now, records));
        }

        Forget(now);
    }

    public double PerSecond(long records)
    {
        var now = time.GetTimestamp();
        Forget(now);
        if (_seen.Count == 0)
        {
            return 0;
        }

        var (at, before) = _seen.Peek();
        var seconds = time.GetElapsedTime(at, now).TotalSeconds;
        return seconds <= 0 ? 0 : Math.Max(0, records - before) / Math.Max(1, seconds);
    }

    private void Forget(long now)
    {
        while (_seen.Count > 0 && time.GetElapsedTime(_seen.Peek().At, now) > TimeSpan.FromSeconds(SecondsShown))
        {
            _seen.Dequeue();
        }
    }
}
