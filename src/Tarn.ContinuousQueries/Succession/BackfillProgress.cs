using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Runtime;
using Tarn.Streams;
using Tarn.Streams.Metrics;

namespace Tarn.ContinuousQueries.Succession;

/// <summary>How far a new version of a view has come.</summary>
internal static class BackfillProgress
{
    public static BackfillStatus Of(ViewRunner successor, IStreams streams, IStreamFigures figures)
    {
        var status = successor.Status();
        var (done, left) = (successor.Fill?.Done ?? 0, (successor.Fill?.InAll ?? 0) - (successor.Fill?.Done ?? 0));
        foreach (var place in successor.Places())
        {
            var start = successor.Spec.InputOf(place.Source).Start;
            var tips = figures.Find(place.Stream)?.Shards.ToDictionary(shard => shard.ShardId, shard => shard.Next);
            foreach (var shard in streams.Find(place.Stream)?.Shards ?? [])
            {
                var first = successor.Fill?.NextOf(place.Source, shard.ShardId)
                    ?? start.GetValueOrDefault(shard.ShardId, shard.StartingSequenceNumber.Value);
                var tip = tips?.GetValueOrDefault(shard.ShardId).Value ?? first;
                var next = place.Cursors.GetValueOrDefault(shard.ShardId)?.Next ?? first;
                done += Between(first, next);
                left += Between(next, tip);
            }
        }

        return new BackfillStatus(status.Records, status.LagMilliseconds, status.Error)
        {
            From = successor.Spec.Options.Backfill == BackfillFrom.Lake ? "lake" : "stream",
            Sql = successor.Spec.Sql,
            RecordsDone = done,
            RecordsInAll = done + left,
            Percent = left == 0 && done > 0 ? 100 : (int)Math.Min(99, 100.0 * done / Math.Max(1, done + left)),
            RecordsPerSecond = status.RecordsPerSecond,
            RemainingMilliseconds = left == 0 ? 0
                : status.RecordsPerSecond > 0 ? (long)Math.Min(1e15, left * 1_000 / status.RecordsPerSecond) : null,
        };
    }

    private static long Between(ulong from, ulong to) => to > from ? (long)(to - from) : 0;
}
