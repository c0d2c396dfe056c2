using Tarn.ContinuousQueries.Snapshots;
using Tarn.ContinuousQueries.State;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Runtime;

/// <content>Where the loop begins.</content>
internal sealed partial class ViewRunner
{
    private async Task LoadAsync()
    {
        var plan = _plan!;
        var loaded = _snapshots.Folder.Read(plan, _spec.Id, ViewSnapshots.HashOf(plan));
        if (loaded is var (header, state))
        {
            lock (_gate)
            {
                _state = state;
                _counters.Load(header);
                _tail.Resume(header.StreamId, header.Shards);
            }

            _snapshots.Loaded(_counters.Consumed, _tail.EndedCount);
            return;
        }

        await CheckStartAsync(_snapshots.Folder.HasFiles).ConfigureAwait(false);
        lock (_gate)
        {
            _state = new ViewState(plan);
            _tail.Resume(_spec.StreamId, _spec.Start.Select(shard =>
                new ShardCursor(shard.Key, shard.Value, Ended: false)));
        }
    }

    /// <summary>Without a snapshot every record since the definition is needed again: refuses when some are
    /// gone.</summary>
    private async Task CheckStartAsync(bool hadSnapshot)
    {
        var description = _streams.Find(_source.Stream);
        if (description is null && !hadSnapshot)
        {
            return;
        }

        if (description?.Id != _spec.StreamId)
        {
            throw Lost($"stream '{_source.Stream}' was deleted or created again");
        }

        foreach (var (shard, start) in _spec.Start)
        {
            if (description.Shards.All(known => known.ShardId != shard))
            {
                throw Lost($"{shard} of stream '{_source.Stream}' is gone");
            }

            var oldest = await _streams
                .ResolveAsync(_source.Stream, shard, new StartPosition.TrimHorizon(),
                    _stop.Token).ConfigureAwait(false);
            if (oldest.Value > start)
            {
                throw Lost(
                    $"{shard}: retention removed sequence numbers {start} to {new SequenceNumber(oldest.Value - 1)}");
            }
        }

        if (hadSnapshot)
        {
            Replaying(_spec.Name);
        }
    }

    private TarnException Lost(string detail) => new(
        ErrorKind.Damaged,
        $"materialized view '{_spec.Name}' has no whole snapshot, and records it counted are gone",
        detail,
        "drop the view and create it again to count from the oldest record kept");
}
