using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.History;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.ContinuousQueries.State;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Runtime;

/// <content>Where the loop begins.</content>
internal sealed partial class ViewRunner
{
    private async Task LoadAsync(ViewPlan plan)
    {
        var inputs = new ViewInputs(plan, _streams, _duckDb, _lake, _options, _time, _logger);
        var loaded = _snapshots.Read(plan, inputs.Now);
        if (loaded is var (header, state))
        {
            lock (_gate)
            {
                _inputs = inputs;
                _state = state;
                _counters.Load(header);
                _loadedAt = header.Incarnation is { } before ? new ViewPosition(before, header.ViewVersion) : null;
                inputs.Resume(header);
            }

            _snapshots.Loaded(_counters.Consumed, inputs.EndedCount, _counters.Version);
            return;
        }

        if (_spec.Options.Backfill == BackfillFrom.Lake)
        {
            var fill = await HistoryFill.OpenAsync(_history, inputs.All, _stop.Token).ConfigureAwait(false);
            lock (_gate)
            {
                (_inputs, _state, Fill) = (inputs, _snapshots.NewState(plan), fill);

                // No snapshot before the whole history is counted: a restart begins with another.
                _isTorn = true;
            }

            return;
        }

        var hadSnapshot = _snapshots.HasFiles;
        foreach (var input in inputs.All)
        {
            await CheckStartAsync(input.Source, _spec.InputOf(input.Source.Name), hadSnapshot).ConfigureAwait(false);
        }

        if (hadSnapshot)
        {
            Replaying(_spec.Name);
        }

        lock (_gate)
        {
            _inputs = inputs;
            _state = _snapshots.NewState(plan);
            foreach (var input in inputs.All)
            {
                var start = _spec.InputOf(input.Source.Name);
                input.Resume(start.StreamId, [.. start.Start.Select(shard =>
                    new ShardCursor(shard.Key, shard.Value, Ended: false))]);
            }
        }
    }

    /// <summary>What was delivered to the lake is not counted whole, so that the streams have not begun.</summary>
    private bool IsFilling
    {
        get
        {
            lock (_gate)
            {
                return Fill is not null && _isTorn;
            }
        }
    }

    /// <summary>What it counts before its streams; null: nothing, or it is in the snapshot that was read.</summary>
    public HistoryFill? Fill { get; private set; }

    /// <summary>Counts what is in the lake, then goes on in the logs where that ends.</summary>
    private async Task FillAsync(ViewInputs inputs)
    {
        if (Fill is not { } fill)
        {
            return;
        }

        await foreach (var batches in fill.ReadAsync(
            inputs.All, _options.BatchRecordsMax, _options.BatchBytesMax, _stop.Token).ConfigureAwait(false))
        {
            await Gate.PassAsync(_stop.Token).ConfigureAwait(false);
            var evaluated = await inputs.EvaluateAsync(batches, _stop.Token).ConfigureAwait(false);
            var joined = await _joins!.EvaluateAsync(evaluated, _state!, _gate, _stop.Token).ConfigureAwait(false);
            lock (_gate)
            {
                _counters.Begin(batches);
                var clock = SourceWatermark.NowMicroseconds(_time);
                var isChanged = Merge(evaluated, joined, Math.Min(fill.Observe(evaluated) ?? clock, clock));
                _counters.Committed(batches, isChanged);
                CheckSize();
            }

            _pulse.Signal();
        }

        var seams = await fill.FindSeamsAsync(_streams, _stop.Token).ConfigureAwait(false);
        lock (_gate)
        {
            foreach (var seam in seams)
            {
                seam.Input.Resume(seam.StreamId, seam.Cursors);
                foreach (var (shardId, at) in seam.Newest)
                {
                    seam.Input.Watermark?.Observe(shardId, at);
                }
            }

            inputs.MoveWatermark();
            _counters.Committed([], Pass(inputs));
            _isTorn = false;
        }

        _snapshots.WriteSoon();
        _snapshots.WriteIfDue(IsDirty, FreezeForSnapshot);
        _pulse.Signal();
    }

    /// <summary>Without a snapshot every record since the definition is needed again: refuses when some are
    /// gone.</summary>
    private async Task CheckStartAsync(SourceSpec source, ViewInputSpec input, bool hadSnapshot)
    {
        var description = _streams.Find(source.Stream);
        if (description is null && !hadSnapshot)
        {
            return;
        }

        if (description?.Id != input.StreamId)
        {
            throw Lost($"stream '{source.Stream}' was deleted or created again");
        }

        foreach (var (shard, start) in input.Start)
        {
            if (description.Shards.All(known => known.ShardId != shard))
            {
                throw Lost($"{shard} of stream '{source.Stream}' is gone");
            }

            var oldest = await _streams
                .ResolveAsync(source.Stream, shard, new StartPosition.TrimHorizon(),
                    _stop.Token).ConfigureAwait(false);
            if (oldest.Value > start)
            {
                throw Lost(
                    $"{shard}: retention removed sequence numbers {start} to {new SequenceNumber(oldest.Value - 1)}");
            }
        }
    }

    private TarnException Lost(string detail) => new(
        ErrorKind.Damaged,
        $"materialized view '{_spec.Name}' has no whole snapshot, and records it counted are gone",
        detail,
        "drop the view and create it again to count from the oldest record kept");
}
