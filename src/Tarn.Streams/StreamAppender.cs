using System.Buffers;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Commits;
using Tarn.Streams.Definitions;
using Tarn.Streams.Records;
using Tarn.Streams.Routing;
using Tarn.Streams.Segments;
using Tarn.Streams.Shards;

namespace Tarn.Streams;

/// <summary>
/// One call's way in, on the caller's thread:
/// <code>
///  1 check each entry   2 hash the keys   3 find the shards   4 encode per shard
///  5 queue   6 wait for the disk   7 answer
/// </code>
/// </summary>
internal static class StreamAppender
{
    private const int Refused = -1;

    public static async ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(
        OpenStream stream, IReadOnlyList<StreamEntry> entries, CancellationToken cancellation)
    {
        var outcomes = new AppendOutcome[entries.Count];
        var owners = ArrayPool<int>.Shared.Rent(entries.Count);
        try
        {
            Route(stream, entries, owners.AsSpan(0, entries.Count), outcomes);
            var appends = Encode(stream, entries, owners);
            for (var i = 0; i < appends.Length; i++)
            {
                if (appends[i] is { } append)
                {
                    await stream.Logs[i].Queue.EnqueueAsync(append, cancellation);
                }
            }

            for (var i = 0; i < appends.Length; i++)
            {
                if (appends[i] is { } append)
                {
                    await AnswerAsync(stream.Logs[i], i, append, owners, outcomes, cancellation);
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(owners);
        }

        return outcomes;
    }

    // 1 to 3
    private static void Route(
        OpenStream stream, IReadOnlyList<StreamEntry> entries, Span<int> owners, AppendOutcome[] outcomes)
    {
        var keys = ArrayPool<UInt128>.Shared.Rent(entries.Count);
        if (!stream.Routes.IsSingle)
        {
            HashKeys.Of(entries, keys.AsSpan(0, entries.Count));
        }

        var recordBytesMax = stream.Definition.RecordBytesMax ?? StreamLimits.RecordBytesMin;
        for (var i = 0; i < owners.Length; i++)
        {
            var error = StreamLimits.Check(entries[i], recordBytesMax);
            owners[i] = error is null ? stream.Routes.Find(keys[i]) : Refused;
            outcomes[i] = new AppendOutcome("", SequenceNumber.Zero, error);
        }

        ArrayPool<UInt128>.Shared.Return(keys);
    }

    // 4
    private static PendingAppend?[] Encode(OpenStream stream, IReadOnlyList<StreamEntry> entries, int[] owners)
    {
        var packings = new BatchPacking[stream.Logs.Length];
        for (var i = 0; i < entries.Count; i++)
        {
            if (owners[i] != Refused)
            {
                var entry = entries[i];
                packings[owners[i]].Add(RecordFrame.Size(entry.PartitionKey.Length, entry.Data.Length));
            }
        }

        var appends = new PendingAppend?[packings.Length];
        for (var i = 0; i < entries.Count; i++)
        {
            if (owners[i] != Refused)
            {
                (appends[owners[i]] ??= new PendingAppend(packings[owners[i]].TotalLength)).Add(entries[i]);
            }
        }

        foreach (var append in appends)
        {
            append?.Seal();
        }

        return appends;
    }

    // 6 and 7
    private static async ValueTask AnswerAsync(
        ShardLog log, int shard, PendingAppend append, int[] owners, AppendOutcome[] outcomes,
        CancellationToken cancellation)
    {
        var number = SequenceNumber.Zero;
        AppendError? error = null;
        try
        {
            number = await append.Done.WaitAsync(cancellation);
        }
        catch (TarnException failure)
        {
            error = new AppendError(failure.Kind, failure.Message, failure.Code);
            log.Counters.Failed(append.RecordCount);
        }

        for (var i = 0; i < outcomes.Length; i++)
        {
            if (owners[i] == shard)
            {
                outcomes[i] = new AppendOutcome(log.Place.ShardId, error is null ? number : SequenceNumber.Zero, error);
                number = number.Next;
            }
        }
    }
}
