using Tarn.ContinuousQueries.Details;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>How long a view's batches took, second by second, over the last minutes in which there were any. Under the
/// runner's lock.</summary>
internal sealed class BatchTimes(TimeProvider time)
{
    /// <summary>Seconds that are kept.</summary>
    public const int SecondsMax = 300;

    private readonly Queue<BatchTime> _past = [];
    private BatchTime? _current;

    /// <summary>Batches since the loop began.</summary>
    public long Batches { get; private set; }

    /// <summary>How long they took, added up.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>Seconds with batches, oldest first.</summary>
    public IReadOnlyList<BatchTime> Seconds => [.. _past, .. _current is null ? [] : new[] { _current }];

    /// <summary>Tells of a batch that was counted now.</summary>
    public void Saw(long records, TimeSpan duration)
    {
        Batches++;
        Took += duration;
        var now = time.GetUtcNow();
        var second = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        if (_current?.At != second)
        {
            Finish();
            _current = new BatchTime(second, Batches: 0, Records: 0, MillisecondsMax: 0);
        }

        _current = _current! with
        {
            Batches = _current.Batches + 1,
            Records = _current.Records + records,
            MillisecondsMax = Math.Max(_current.MillisecondsMax, Math.Round(duration.TotalMilliseconds, 3)),
        };
    }

    private void Finish()
    {
        if (_current is not null)
        {
            _past.Enqueue(_current);
            if (_past.Count >= SecondsMax)
            {
                _past.Dequeue();
            }
        }
    }
}
