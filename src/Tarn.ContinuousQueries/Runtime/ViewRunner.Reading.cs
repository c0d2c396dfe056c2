using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.ContinuousQueries.State;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
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

    public ViewStatus Status()
    {
        lock (_gate)
        {
            return new ViewStatus
            {
                Name = _spec.Name,
                Database = _spec.Database,
                Sql = _spec.Sql,
                Stream = _source.Stream,
                Columns = _spec.Columns,
                Groups = _state?.Count ?? 0,
                Records = _counters.Records,
                BadRecords = _counters.BadRecords,
                LagMilliseconds = _counters.LagMilliseconds(_time),
                Version = _counters.Version,
                Error = Error?.Describe(),
                Phase = Error is not null ? ViewPhase.Failed
                    : Gate.IsClosed ? ViewPhase.Paused
                    : _counters.LagMilliseconds(_time) > 0 ? ViewPhase.CatchingUp
                    : ViewPhase.Running,
                RecordsPerSecond = _rate.PerSecond(_counters.Consumed),
            };
        }
    }

    /// <summary>Where the view stands in its stream.</summary>
    public ConsumerPosition Position()
    {
        lock (_gate)
        {
            return new ConsumerPosition(
                _source.Stream,
                _spec.Name,
                ConsumerKind.View,
                _counters.LagMilliseconds(_time),
                _tail.Cursors.ToDictionary(cursor => cursor.Key, cursor => new SequenceNumber(cursor.Value.Next)));
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
        if (_streams.Find(_source.Stream) is not { } stream)
        {
            return;
        }

        var tips = new Dictionary<string, ulong>();
        foreach (var shard in stream.Shards)
        {
            var tip = await _streams
                .ResolveAsync(stream.Name, shard.ShardId, new StartPosition.Latest(),
                    cancellation).ConfigureAwait(false);
            tips[shard.ShardId] = tip.Value;
        }

        Interlocked.Increment(ref _hurrying);
        _hurry.Signal();
        try
        {
            while (true)
            {
                var change = _pulse.WaitAsync();
                if (HasCounted(stream.Id, tips) || _streams.Find(stream.Name)?.Id != stream.Id)
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

    private bool HasCounted(string streamId, Dictionary<string, ulong> tips)
    {
        lock (_gate)
        {
            return _tail.StreamId == streamId && tips.All(tip =>
                _tail.Cursors.TryGetValue(tip.Key, out var cursor) && (cursor.Ended || cursor.Next >= tip.Value));
        }
    }

    private FrozenState Freeze()
    {
        lock (_gate)
        {
            return _state!.Freeze(_counters.Version);
        }
    }

    private (SnapshotHeader Header, FrozenState State) FreezeForSnapshot()
    {
        lock (_gate)
        {
            var header = new SnapshotHeader
            {
                ViewId = _spec.Id,
                PlanHash = ViewSnapshots.HashOf(_plan!),
                ViewVersion = _counters.Version,
                Records = _counters.Records,
                BadRecords = _counters.BadRecords,
                Groups = _state!.Count,
                StreamId = _tail.StreamId,
                Shards = [.. _tail.Cursors.Values.OrderBy(cursor => cursor.ShardId, StringComparer.Ordinal)],
                Bad = _counters.Bad,
            };
            return (header, _state.Freeze(_counters.Version));
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
