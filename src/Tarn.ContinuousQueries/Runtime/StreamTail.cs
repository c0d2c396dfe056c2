using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Streams.Shards;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>
/// Where a view stands in its stream. Owned by the view's loop; others read <see cref="Cursors"/>, which is
/// replaced whole. A stream that was deleted and created again under the name is read from its start, and what was
/// counted stays.
/// </summary>
internal sealed partial class StreamTail(string stream, IStreams streams, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan MissingPause = TimeSpan.FromMilliseconds(500);
    private int _turn;

    /// <summary>Id of the stream that the cursors belong to.</summary>
    public string? StreamId { get; private set; }

    public IReadOnlyDictionary<string, ShardCursor> Cursors { get; private set; } = new Dictionary<string,
        ShardCursor>();

    /// <summary>How many closed shards are counted to their end.</summary>
    public int EndedCount => Cursors.Values.Count(cursor => cursor.Ended);

    public void Resume(string? streamId, IEnumerable<ShardCursor> cursors)
    {
        StreamId = streamId;
        Cursors = cursors.ToDictionary(cursor => cursor.ShardId);
    }

    /// <summary>Takes over a counted batch's cursors.</summary>
    public void Advance(MicroBatch batch) => Cursors = batch.After;

    /// <summary>
    /// Goes over to the stream that now has the name, when it is another. False when there is none.
    /// </summary>
    public bool TryFollow(out bool switched)
    {
        var description = streams.Find(stream);
        switched = description is not null && StreamId != description.Id;
        if (switched)
        {
            if (StreamId is not null)
            {
                Recreated(stream);
            }

            Resume(description!.Id, []);
        }

        return description is not null;
    }

    /// <summary>
    /// Adds what the shards hold beyond the batch, up to the bounds. Shards take turns at being first; children of
    /// a split or merge wait for their parents' end. Throws Damaged when retention has removed records that were
    /// not counted.
    /// </summary>
    public async Task ReadAsync(MicroBatch batch, int recordsMax, int bytesMax, CancellationToken cancellation)
    {
        if (streams.Find(stream) is not { } description || description.Id != StreamId)
        {
            return;
        }

        var shards = description.Shards;
        var present = shards.Select(shard => shard.ShardId).ToHashSet(StringComparer.Ordinal);
        CheckGone(batch, shards, present);
        var (left, count) = (shards.Skip(_turn % shards.Count).Concat(shards.Take(_turn % shards.Count)).ToList(), 0);
        _turn++;
        // Again when some were read: whoever ended lets its children begin, which may stand before it in the line.
        while (left.Count != count)
        {
            count = left.Count;
            var waiting = new List<ShardDescription>();
            foreach (var shard in left.Where(shard => !IsEnded(batch, shard.ShardId)))
            {
                var records = recordsMax - batch.Records.Count;
                var bytes = (int)Math.Max(0, bytesMax - batch.Bytes);
                if (records <= 0 || bytes == 0)
                {
                    return;
                }

                if (ParentsEnded(batch, present, shard))
                {
                    await ReadAsync(batch, shard, new ReadBounds(records, bytes), cancellation).ConfigureAwait(false);
                }
                else
                {
                    waiting.Add(shard);
                }
            }

            left = waiting;
        }
    }

    /// <summary>Completes when there is something to read, or after <paramref name="timeout"/>.</summary>
    public async Task WaitAsync(TimeSpan? timeout, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var waits = new List<Task>();
        try
        {
            var description = streams.Find(stream);
            foreach (var shard in description?.Id == StreamId ? description?.Shards ?? [] : [])
            {
                if (!Cursors.TryGetValue(shard.ShardId, out var cursor) || !cursor.Ended)
                {
                    var from = new SequenceNumber(cursor?.Next ?? shard.StartingSequenceNumber.Value);
                    waits.Add(streams.WaitAsync(stream, shard.ShardId, from, stop.Token));
                }
            }

            if (waits.Count == 0 || timeout is not null)
            {
                var pause = waits.Count == 0 && !(timeout < MissingPause) ? MissingPause : timeout!.Value;
                waits.Add(Task.Delay(pause, time, stop.Token));
            }

            var first = await Task.WhenAny(waits).ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(waits).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task PauseAsync(CancellationToken cancellation) => Task.Delay(MissingPause, time, cancellation);

    private async Task ReadAsync(
        MicroBatch batch, ShardDescription shard, ReadBounds bounds, CancellationToken cancellation)
    {
        var from = batch.After.TryGetValue(shard.ShardId, out var cursor)
            ? new SequenceNumber(cursor.Next)
            : shard.StartingSequenceNumber;
        var read = await streams.ReadAsync(stream, shard.ShardId, from, bounds, cancellation).ConfigureAwait(false);
        var reached = read.Records.Count > 0 ? read.Records[0].SequenceNumber : read.Next;
        if (reached > from)
        {
            var oldest = await streams
                .ResolveAsync(stream, shard.ShardId, new StartPosition.TrimHorizon(),
                    cancellation).ConfigureAwait(false);
            if (oldest > from)
            {
                var to = oldest < reached ? oldest : reached;
                throw Gap($"{shard.ShardId}: sequence numbers {from} to {new SequenceNumber(to.Value - 1)}");
            }
        }

        batch.Add(shard.ShardId, read);
    }

    private TarnException Gap(string detail) => new(
        ErrorKind.Damaged,
        $"retention removed records of stream '{stream}' before they were counted",
        detail,
        "drop the view and create it again to count from the oldest record kept");

    private static bool IsEnded(MicroBatch batch, string shardId) =>
        batch.After.TryGetValue(shardId, out var cursor) && cursor.Ended;

    private static bool ParentsEnded(MicroBatch batch, HashSet<string> present, ShardDescription shard) =>
        Parents(shard).All(parent => IsEnded(batch, parent) || !present.Contains(parent));

    private static IEnumerable<string> Parents(ShardDescription shard) =>
        new[] { shard.ParentShardId, shard.AdjacentParentShardId }.OfType<string>();

    /// <summary>
    /// Retention removes closed shards with their last records. Throws Damaged unless those that are gone were counted
    /// to their end.
    /// </summary>
    private void CheckGone(MicroBatch batch, IReadOnlyList<ShardDescription> shards, HashSet<string> present)
    {
        var begun = batch.After.Values.Where(cursor => !cursor.Ended).Select(cursor => cursor.ShardId);
        var never = shards.Where(shard => !batch.After.ContainsKey(shard.ShardId)).SelectMany(Parents)
            .Where(parent => !IsEnded(batch, parent));
        if (begun.Concat(never).FirstOrDefault(shard => !present.Contains(shard)) is { } gone)
        {
            throw Gap($"{gone} is gone");
        }
    }

    [LoggerMessage(6201, LogLevel.Warning, "stream '{Stream}' was created again; the view counts on from its start")]
    private partial void Recreated(string stream);
}
