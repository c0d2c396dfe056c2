using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Runtime;
using Tarn.Primitives.Errors;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.History;

/// <summary>
/// What a view counts before its streams: histories of all its sources, and where it goes on in the logs. Nothing of a
/// history is late: windows close when it is behind. Owned by the view's loop.
/// </summary>
internal sealed class HistoryFill(IReadOnlyList<(ViewInput Input, RecordHistory History)> sources)
{
    private readonly Dictionary<(string Source, string ShardId), long> _newest = [];
    private long _done;

    /// <summary>Numbers of the log that are behind.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>Numbers of the log that the histories hold.</summary>
    public long InAll { get; } = sources.Sum(source => source.History.Count);

    /// <summary>By source and shard, the number with which the view goes on in the log.</summary>
    public ulong? NextOf(string source, string shardId) => sources
        .FirstOrDefault(item => item.Input.Source.Name == source).History?.Next is { } next
        && next.TryGetValue(shardId, out var number) ? number : null;

    /// <summary>Throws Unsupported, with the reason, when a source has no history.</summary>
    public static async Task<HistoryFill> OpenAsync(
        IRecordHistory history, IReadOnlyList<ViewInput> inputs, CancellationToken cancellation)
    {
        var sources = new List<(ViewInput, RecordHistory)>();
        foreach (var input in inputs)
        {
            sources.Add((input, await OpenAsync(history, input.Source, cancellation).ConfigureAwait(false)));
        }

        return new HistoryFill(sources);
    }

    public static Task<RecordHistory> OpenAsync(
        IRecordHistory history, SourceSpec source, CancellationToken cancellation) =>
        source.Format == SourceFormat.Json
            ? history.OpenAsync(source.Stream, cancellation)
            : throw new TarnException(
                ErrorKind.Unsupported,
                $"records of source '{source.Name}' are {source.Format.ToString().ToUpperInvariant()}, and what is"
                    + " delivered is JSON",
                hint: "count from the stream's oldest record alone: leave backfill = 'lake' out");

    /// <summary>A batch of each source, all but one empty.</summary>
    public async IAsyncEnumerable<IReadOnlyList<MicroBatch>> ReadAsync(
        IReadOnlyList<ViewInput> inputs, int recordsMax, int bytesMax,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (input, history) in sources)
        {
            await foreach (var batch in HistoryReader.ReadAsync(
                history.Parts, recordsMax, bytesMax, read => Interlocked.Add(ref _done, read), cancellation)
                .ConfigureAwait(false))
            {
                yield return [.. inputs.Select(other => other == input
                    ? batch : new MicroBatch(new Dictionary<string, ShardCursor>()))];
            }
        }
    }

    /// <summary>Takes the newest events of counted batches into account, and gives the newest of all.</summary>
    public long? Observe(IReadOnlyList<EvaluatedBatch> batches)
    {
        foreach (var batch in batches)
        {
            foreach (var (shardId, at) in batch.Newest)
            {
                var key = (batch.Input.Source.Name, shardId);
                _newest[key] = Math.Max(_newest.GetValueOrDefault(key, at), at);
            }
        }

        return _newest.Count == 0 ? null : _newest.Values.Max();
    }

    /// <summary>Where each source goes on, and the newest event of each shard.</summary>
    public async Task<IReadOnlyList<Seam>> FindSeamsAsync(IStreams streams, CancellationToken cancellation)
    {
        var seams = new List<Seam>();
        foreach (var (input, history) in sources)
        {
            var stream = streams.Find(input.Source.Stream);
            if (stream?.Id != history.StreamId)
            {
                throw new TarnException(
                    ErrorKind.Unavailable, $"stream '{input.Source.Stream}' was created again meanwhile");
            }

            var cursors = new List<ShardCursor>();
            foreach (var shard in stream.Shards)
            {
                var next = history.Next.TryGetValue(shard.ShardId, out var delivered)
                    ? delivered
                    : (await streams.ResolveAsync(
                        stream.Name, shard.ShardId, new StartPosition.TrimHorizon(), cancellation)
                        .ConfigureAwait(false)).Value;
                cursors.Add(new ShardCursor(shard.ShardId, next, Ended: false));
            }

            seams.Add(new Seam(input, history.StreamId, cursors,
            [
                .. _newest.Where(entry => entry.Key.Source == input.Source.Name)
                    .Select(entry => (entry.Key.ShardId, entry.Value)),
            ]));
        }

        return seams;
    }

    /// <param name="Newest">By shard, the newest event of its history.</param>
    internal sealed record Seam(
        ViewInput Input, string StreamId, IReadOnlyList<ShardCursor> Cursors,
        IReadOnlyList<(string ShardId, long At)> Newest);
}
