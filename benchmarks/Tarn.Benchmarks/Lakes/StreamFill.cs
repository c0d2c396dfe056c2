using Tarn.Benchmarks.Figures;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Benchmarks.Lakes;

/// <summary>Writes records into a stream of one shard and reads them from its log.</summary>
internal static class StreamFill
{
    private const int EntriesPerAppend = 500;
    private const int AppendsAtOnce = 16;

    public static async Task FillAsync(IStreams streams, string stream, int records, int users)
    {
        await streams.CreateAsync(new StreamSpec { Name = stream }, CancellationToken.None);
        var starts = Enumerable.Range(0, (records + EntriesPerAppend - 1) / EntriesPerAppend)
            .Select(batch => batch * EntriesPerAppend);
        await Parallel.ForEachAsync(
            starts,
            new ParallelOptions { MaxDegreeOfParallelism = AppendsAtOnce },
            async (start, cancellation) =>
            {
                var entries = Enumerable.Range(start, Math.Min(EntriesPerAppend, records - start))
                    .Select(i => new StreamEntry(ScoreRecords.PartitionKey(i), ScoreRecords.Make(i, users)))
                    .ToArray();
                var outcomes = await streams.AppendAsync(stream, entries, cancellation);
                Totals.MustEqual(0, outcomes.Count(outcome => outcome.Error is not null), "records refused");
            });
    }

    /// <summary>Hands out each batch of the log from its oldest record; returns the number of records.</summary>
    public static async Task<long> ReadAsync(IStreams streams, string stream, Action<IReadOnlyList<StreamRecord>> take)
    {
        var shard = streams.Find(stream)!.Shards[0].ShardId;
        var next = await streams.ResolveAsync(
            stream, shard, new StartPosition.TrimHorizon(), CancellationToken.None);
        for (long total = 0; ;)
        {
            var batch = await streams.ReadAsync(
                stream, shard, next, new ReadBounds(RecordsMax: 10_000, BytesMax: 16 << 20), CancellationToken.None);
            if (batch.Records.Count == 0)
            {
                return total;
            }

            take(batch.Records);
            total += batch.Records.Count;
            next = batch.Next;
        }
    }
}
