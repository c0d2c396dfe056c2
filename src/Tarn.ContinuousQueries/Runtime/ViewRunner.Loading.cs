using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.ContinuousQueries.State;
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
                inputs.Resume(header);
            }

            _snapshots.Loaded(_counters.Consumed, inputs.EndedCount, _counters.Version);
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
