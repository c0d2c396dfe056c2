using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Lookups;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb;
using Tarn.Streams;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>All sources of a view, read and evaluated together, and the view's watermark: the least of theirs, which
/// never goes back. Owned by the view's loop.</summary>
internal sealed class ViewInputs : IDisposable
{
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<ViewInput> _inputs;
    private readonly IReadOnlyList<BatchEvaluator> _evaluators;

    public ViewInputs(
        ViewPlan plan, IStreams streams, IDuckDb duckDb, LakeReader lake, ContinuousQueriesOptions options,
        TimeProvider time, ILogger logger)
    {
        _time = time;
        _inputs = [.. plan.Sources.Select(source => new ViewInput(plan, source, streams, time, logger))];
        _evaluators = [.. _inputs.Select(input => new BatchEvaluator(plan, input, duckDb, LookupsOf(input)))];

        LookupTables LookupsOf(ViewInput input) => new(
            [.. input.Leaves.SelectMany(leaf => plan.Leaves[leaf].Lookups)], lake, options.LookupRefresh,
            options.LookupRowsMax, time);
    }

    public IReadOnlyList<ViewInput> All => _inputs;

    /// <summary>Microseconds since 1970-01-01 UTC; null: no event has set it, or no source declares one.</summary>
    public long? Watermark { get; private set; }

    /// <summary>Microseconds by which the time to live runs: the watermark, or the clock where there is none.</summary>
    public long Now => Watermark ?? SourceWatermark.NowMicroseconds(_time);

    /// <summary>How many closed shards are counted to their end.</summary>
    public int EndedCount => _inputs.Sum(input => input.Tail.EndedCount);

    public void Resume(SnapshotHeader header)
    {
        Watermark = header.Watermark;
        foreach (var saved in header.Inputs)
        {
            _inputs.FirstOrDefault(input => input.Source.Name == saved.Source)?.Resume(saved.StreamId, saved.Shards);
        }
    }

    /// <summary>Goes over to streams that were created again. False when one is missing.</summary>
    public bool TryFollow(out bool switched)
    {
        switched = false;
        var all = true;
        foreach (var input in _inputs)
        {
            all &= input.Tail.TryFollow(out var other);
            switched |= other;
        }

        return all;
    }

    public Task PauseAsync(CancellationToken cancellation) => _inputs[0].Tail.PauseAsync(cancellation);

    /// <summary>An empty batch of each source.</summary>
    public IReadOnlyList<MicroBatch> Begin() => [.. _inputs.Select(input => new MicroBatch(input.Tail.Cursors))];

    public async Task ReadAsync(
        IReadOnlyList<MicroBatch> batches, int recordsMax, int bytesMax, CancellationToken cancellation)
    {
        for (var i = 0; i < _inputs.Count; i++)
        {
            await _inputs[i].Tail.ReadAsync(batches[i], recordsMax, bytesMax, cancellation).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<EvaluatedBatch>> EvaluateAsync(
        IReadOnlyList<MicroBatch> batches, CancellationToken cancellation)
    {
        var evaluated = new List<EvaluatedBatch>();
        for (var i = 0; i < _inputs.Count; i++)
        {
            evaluated.Add(await _evaluators[i].EvaluateAsync(batches[i], Watermark, cancellation)
                .ConfigureAwait(false));
        }

        return evaluated;
    }

    public void Advance(IReadOnlyList<MicroBatch> batches)
    {
        for (var i = 0; i < _inputs.Count; i++)
        {
            _inputs[i].Tail.Advance(batches[i]);
        }
    }

    public static void Observe(IReadOnlyList<EvaluatedBatch> batches)
    {
        foreach (var batch in batches)
        {
            foreach (var (shardId, eventTime) in batch.Newest)
            {
                batch.Input.Watermark!.Observe(shardId, eventTime);
            }
        }
    }

    public void MoveWatermark()
    {
        long? least = null;
        foreach (var input in _inputs.Where(input => input.Watermark is not null))
        {
            var current = input.Stream is { } stream
                ? input.Watermark!.Current(stream.Shards, input.Tail.Cursors) : null;
            if (current is null)
            {
                return;
            }

            least = Math.Min(least ?? long.MaxValue, current.Value);
        }

        Watermark = least > Watermark || Watermark is null ? least : Watermark;
    }

    /// <summary>How long until a quiet shard lets the watermark go on; null: none will.</summary>
    public TimeSpan? UntilIdle() => _inputs.Min(input => input.Watermark?.UntilIdle());

    /// <summary>Completes when there is something to read, or after <paramref name="timeout"/>.</summary>
    public async Task WaitAsync(TimeSpan? timeout, CancellationToken cancellation)
    {
        if (_inputs.Count == 1)
        {
            await _inputs[0].Tail.WaitAsync(timeout, cancellation).ConfigureAwait(false);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var waits = _inputs.Select(input => input.Tail.WaitAsync(timeout, stop.Token)).ToList();
        try
        {
            await (await Task.WhenAny(waits).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(waits).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        foreach (var evaluator in _evaluators)
        {
            evaluator.Dispose();
        }
    }
}
