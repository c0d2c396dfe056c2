using System.Collections.Concurrent;
using System.Diagnostics;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Benchmarks.Views;

/// <summary>
/// Puts records at a steady rate: every millisecond those that are due, one call at a time. A call that takes longer
/// makes the next one bigger; records count from when they were due, so that a stall is not left out.
/// </summary>
/// <param name="notesMoments">Whether <see cref="TryTake"/> will be asked: what it would tell is held until then.
/// </param>
internal sealed class PacedPuts(IStreams streams, string stream, int perSecond, int users, bool notesMoments)
{
    private const int EntriesPerCallMax = 500;
    private readonly ConcurrentQueue<(long Total, long DueAt)> _put = new();

    public long Total { get; private set; }

    /// <summary>Moments, in ticks of Stopwatch, at which the records up to a total were due; oldest first.</summary>
    public bool TryTake(long visible, out long dueAt)
    {
        dueAt = 0;
        return _put.TryPeek(out var next) && next.Total <= visible && _put.TryDequeue(out next)
            && (dueAt = next.DueAt) >= 0;
    }

    public async Task RunAsync(TimeSpan length)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < length)
        {
            var due = (long)(elapsed.TotalSeconds * perSecond) - Total;
            if (due == 0)
            {
                await Task.Delay(1);
                continue;
            }

            var count = (int)Math.Min(due, EntriesPerCallMax);
            var dueAt = start + (long)((double)Total / perSecond * Stopwatch.Frequency);
            var entries = new StreamEntry[count];
            for (var i = 0; i < count; i++)
            {
                entries[i] = new StreamEntry(
                    ScoreRecords.PartitionKey(Total + i), ScoreRecords.Make(Total + i, users));
            }

            var outcomes = new AppendOutcome[count];
            Total += count;
            if (notesMoments)
            {
                _put.Enqueue((Total, dueAt));
            }

            await streams.AppendAsync(stream, entries, outcomes, CancellationToken.None);
            Totals.MustEqual(0, outcomes.Count(outcome => outcome.Error is not null), "records refused");
        }
    }
}
