using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Details;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.ContinuousQueries.State;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Metrics;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Runtime;

/// <content>What other threads ask of a view.</content>
internal sealed partial class ViewRunner
{
    /// <summary>The newest records that were set aside, oldest first.</summary>
    public IReadOnlyList<BadRecord> BadRecords
    {
        get
        {
            lock (_gate)
            {
                return _counters.Bad;
            }
        }
    }

    /// <summary>The newest records that came too late, oldest first.</summary>
    public IReadOnlyList<LateRecord> LateRecords
    {
        get
        {
            lock (_gate)
            {
                return _counters.Late;
            }
        }
    }

    /// <summary>How long its batches took, oldest first.</summary>
    public IReadOnlyList<BatchTime> BatchSeconds
    {
        get
        {
            lock (_gate)
            {
                return _batchTimes.Seconds;
            }
        }
    }

    /// <summary>The streams it reads.</summary>
    public IReadOnlyList<string> StreamNames() => [.. (_inputs?.All ?? []).Select(input => input.Source.Stream)];

    public ViewStatus Status()
    {
        lock (_gate)
        {
            return new ViewStatus
            {
                Name = _spec.Name,
                Database = _spec.Database,
                Sql = _spec.Sql,
                Stream = string.Join(", ", StreamNames()),
                Columns = _spec.Columns,
                Groups = _state?.Count ?? 0,
                StateBytes = _state?.Bytes ?? 0,
                Records = _counters.Records,
                BadRecords = _counters.BadRecords,
                LateRecords = _counters.LateRecords,
                Watermark = _inputs?.Watermark is { } watermark
                    ? DateTimeOffset.UnixEpoch.AddTicks(watermark * TimeSpan.TicksPerMicrosecond) : null,
                LagMilliseconds = _counters.LagMilliseconds(_time),
                Version = _counters.Version,
                Batches = _batchTimes.Batches,
                BatchTime = _batchTimes.Took,
                Error = Error?.Describe(),
                Waiting = Waiting,
                Phase = Error is not null ? ViewPhase.Failed
                    : Gate.IsClosed ? ViewPhase.Paused
                    : _counters.LagMilliseconds(_time) > 0 ? ViewPhase.CatchingUp
                    : ViewPhase.Running,
                RecordsPerSecond = _rate.PerSecond(_counters.Consumed),
            };
        }
    }

    /// <summary>Where the view stands in its streams.</summary>
    public IReadOnlyList<ConsumerPosition> Positions()
    {
        lock (_gate)
        {
            return
            [
                .. (_inputs?.All ?? []).Select(input => new ConsumerPosition(
                    input.Source.Stream,
                    _spec.Name,
                    ConsumerKind.View,
                    _counters.LagMilliseconds(_time),
                    input.Tail.Cursors.ToDictionary(
                        cursor => cursor.Key, cursor => new SequenceNumber(cursor.Value.Next)))),
            ];
        }
    }

    /// <summary>All rows as of now. Throws the view's error when it has stopped.</summary>
    public async Task<INativeTable> OpenAsync(CancellationToken cancellation)
    {
        var rows = await ReadAsync(since: null, cancellation).ConfigureAwait(false);
        return new BatchTable([.. _spec.Columns.Select(column => new DuckDbColumn(column.Name, column.Type))],
            rows.Rows);
    }

    /// <summary>All rows (null), or those changed after <paramref name="since"/>. Throws the view's error when it has
    /// stopped.</summary>
    public async Task<ViewRows> ReadAsync(long? since, CancellationToken cancellation)
    {
        await _ready.Task.WaitAsync(cancellation).ConfigureAwait(false);
        ThrowIfEnded();
        var version = Version;
        var rows = since is { } from
            ? Feed.ReadChangesAsync(Freeze, version, from)
            : Feed.ReadAllAsync(Freeze, version);
        return await rows.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The version at which this loop stood where the reader stands; null: it never stood there.</summary>
    public async Task<long?> VersionOfAsync(ViewPosition position, CancellationToken cancellation)
    {
        await _ready.Task.WaitAsync(cancellation).ConfigureAwait(false);
        return position == _loadedAt || (position.Incarnation == Incarnation && position.Version <= Version)
            ? position.Version : null;
    }

    /// <summary>What a snapshot of this moment would hold. Throws the view's error when it has stopped.</summary>
    public async Task<(SnapshotHeader Header, FrozenView State)> CopyAsync(CancellationToken cancellation)
    {
        await _ready.Task.WaitAsync(cancellation).ConfigureAwait(false);
        ThrowIfEnded();
        return !IsFilling
            ? FreezeForSnapshot()
            : throw new TarnException(
                ErrorKind.Conflict,
                $"materialized view '{_spec.Name}' still counts what was delivered to the lake",
                hint: "try again when it has; 'tarn query ls' says how far it is");
    }

    /// <summary>Completes when the version is above <paramref name="version"/> or the loop has ended.</summary>
    public async Task WaitForChangeAsync(long version, CancellationToken cancellation)
    {
        while (true)
        {
            var change = _pulse.WaitAsync();
            if (Version > version || Error is not null || IsStopping)
            {
                return;
            }

            await change.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Stops counting after the batch that is under way.</summary>
    public void Pause()
    {
        Gate.Close();
        _pulse.Signal();
    }

    /// <summary>Completes when every record that was on disk before the call is counted.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await _ready.Task.WaitAsync(cancellation).ConfigureAwait(false);
        var tips = new List<(ViewInput Input, string StreamId, Dictionary<string, ulong> Tips)>();
        foreach (var input in _inputs!.All)
        {
            if (input.Stream is { } stream)
            {
                tips.Add((input, stream.Id, await TipsAsync(stream, cancellation).ConfigureAwait(false)));
            }
        }

        Interlocked.Increment(ref _hurrying);
        _hurry.Signal();
        try
        {
            while (true)
            {
                var change = _pulse.WaitAsync();
                if (tips.All(tip => HasCounted(tip.Input, tip.StreamId, tip.Tips)))
                {
                    return;
                }

                ThrowIfEnded();
                ThrowIfPaused();
                await change.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _hurrying);
        }
    }

    /// <summary>Completes when every record that another version of the view has counted is counted here.</summary>
    public async Task ReachAsync(ViewRunner other, CancellationToken cancellation)
    {
        await _ready.Task.WaitAsync(cancellation).ConfigureAwait(false);
        var places = other.Places();
        while (true)
        {
            var change = _pulse.WaitAsync();
            if (places.All(HasReached))
            {
                return;
            }

            ThrowIfEnded();
            await change.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Also when it does not read that source, or when the stream or a shard is no longer there.</summary>
    private bool HasReached(SourcePlace place)
    {
        lock (_gate)
        {
            return !_isTorn
                && (_inputs!.All.FirstOrDefault(input => input.Source.Name == place.Source) is not { } input
                    || input.Tail.StreamId != place.StreamId
                    || (input.Stream?.Shards ?? []).All(shard =>
                        !place.Cursors.TryGetValue(shard.ShardId, out var there)
                        || (input.Tail.Cursors.TryGetValue(shard.ShardId, out var here)
                            && (here.Ended || here.Next >= there.Next))));
        }
    }

    /// <summary>Where it stands in each source.</summary>
    public IReadOnlyList<SourcePlace> Places()
    {
        lock (_gate)
        {
            return
            [
                .. (_inputs?.All ?? []).Select(input => new SourcePlace(
                    input.Source.Name, input.Source.Stream, input.Tail.StreamId, input.Tail.Cursors)),
            ];
        }
    }

    private long Version
    {
        get
        {
            lock (_gate)
            {
                return _counters.Version;
            }
        }
    }

    private async Task<Dictionary<string, ulong>> TipsAsync(
        StreamDescription stream, CancellationToken cancellation)
    {
        var tips = new Dictionary<string, ulong>();
        foreach (var shard in stream.Shards)
        {
            var tip = await _streams
                .ResolveAsync(stream.Name, shard.ShardId, new StartPosition.Latest(),
                    cancellation).ConfigureAwait(false);
            tips[shard.ShardId] = tip.Value;
        }

        return tips;
    }

    /// <summary>Also when the stream is no longer the one that was looked at.</summary>
    private bool HasCounted(ViewInput input, string streamId, Dictionary<string, ulong> tips)
    {
        lock (_gate)
        {
            return !_isTorn && ((input.Tail.StreamId == streamId && tips.All(tip =>
                    input.Tail.Cursors.TryGetValue(tip.Key, out var cursor)
                        && (cursor.Ended || cursor.Next >= tip.Value)))
                || input.Stream?.Id != streamId);
        }
    }

    private FrozenView Freeze()
    {
        lock (_gate)
        {
            return _state!.Freeze(_counters.Version);
        }
    }

    private (SnapshotHeader Header, FrozenView State) FreezeForSnapshot()
    {
        lock (_gate)
        {
            var state = _state!.Take(_counters.Version);
            var header = new SnapshotHeader
            {
                ViewId = _spec.Id,
                PlanHash = ViewSnapshots.HashOf(state.Plan),
                ViewVersion = _counters.Version,
                Incarnation = Incarnation,
                Records = _counters.Records,
                BadRecords = _counters.BadRecords,
                LateRecords = _counters.LateRecords,
                Watermark = _inputs!.Watermark,
                Inputs = [.. _inputs.All.Select(input => input.Snapshot())],
                Leaves = [.. state.Leaves.Select(leaf => leaf.Header)],
                Bad = _counters.Bad,
                Late = _counters.Late,
            };
            return (header, state);
        }
    }

    private void ThrowIfEnded()
    {
        if (Error is not null || IsStopping)
        {
            throw Refusal();
        }
    }

    private void ThrowIfPaused()
    {
        if (Gate.IsClosed)
        {
            throw new TarnException(
                ErrorKind.Conflict, $"materialized view '{_spec.Name}' is paused", hint: "resume it to count on");
        }
    }

    private TarnException Refusal() => Error is { } error
        ? new TarnException(
            error.Kind, $"materialized view '{_spec.Name}' has stopped: {error.Message}", error.Detail, error.Hint,
                error)
        : new TarnException(ErrorKind.Unavailable, $"materialized view '{_spec.Name}' is stopping");
}
