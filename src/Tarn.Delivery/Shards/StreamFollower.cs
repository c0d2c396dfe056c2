using Tarn.Delivery.Lanes;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Shards;

/// <summary>
/// Runs one lane of a delivery stream: a loop per shard of its source. Shards of a split or merge are followed; when
/// the source was deleted and created again, the loops of the old one end and those of the new one begin.
/// Thread-safe.
/// </summary>
internal sealed class StreamFollower(
    DeliveryLane lane,
    IStreams streams,
    Func<DeliveryLane, string, string, ShardLoop> makeLoop,
    DeliveryOptions options,
    TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Following _following = new(null, new Dictionary<string, RunningShard>());
    private Task _running = Task.CompletedTask;

    public DeliveryLane Lane => lane;

    /// <summary>Arrival of the oldest record that waits for delivery, or null.</summary>
    public DateTimeOffset? OldestPending => _following.Loops.Values.Min(shard => shard.Loop.Progress.OldestPending);

    /// <summary>By shard, what its loop knows.</summary>
    public IReadOnlyDictionary<string, ShardProgress> Progress =>
        _following.Loops.ToDictionary(shard => shard.Key, shard => shard.Value.Loop.Progress);

    /// <summary>By shard, the first record that waits for delivery; shards where none does are missing.</summary>
    public IReadOnlyDictionary<string, SequenceNumber> Next => _following.Loops
        .Select(shard => (shard.Key, shard.Value.Loop.Progress.Next))
        .Where(shard => shard.Next is not null)
        .ToDictionary(shard => shard.Key, shard => shard.Next!.Value);

    /// <summary>Why delivery does not get on, or null.</summary>
    public string? LastError => streams.Find(lane.Stream) is null
        ? $"stream '{lane.Stream}' does not exist"
        : _following.Loops.Values
            .Select(shard => shard.Loop.Progress.LastError)
            .FirstOrDefault(error => error is not null);

    public void Start() => _running = Task.Run(() => FollowAsync(_stop.Token));

    /// <summary>Completes when all that was acknowledged before the call is delivered from every shard.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        var flushes = new List<Task>();
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_stop.IsCancellationRequested)
            {
                throw new TarnException(ErrorKind.Unavailable, $"delivery stream '{lane.Delivery}' is stopping");
            }

            var following = Adjust();
            if (following.StreamId is null)
            {
                throw new TarnException(ErrorKind.NotFound, $"stream '{lane.Stream}' does not exist");
            }

            var source = streams.Find(lane.Stream);
            foreach (var (shardId, shard) in following.Loops)
            {
                if (source?.Shards.All(known => known.ShardId != shardId) == true)
                {
                    continue;
                }

                var tip = await streams.ResolveAsync(lane.Stream, shardId, new StartPosition.Latest(), cancellation)
                    .ConfigureAwait(false);
                flushes.Add(shard.Loop.Flushes.AddAsync(tip));
            }
        }
        finally
        {
            _gate.Release();
        }

        await Task.WhenAll(flushes).WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Stops the loops where they are; what a batch had begun is repeated at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _gate.WaitAsync().ConfigureAwait(false);
        _gate.Release();
        await Task.WhenAll(_following.Loops.Values.Select(shard => shard.Running)).ConfigureAwait(false);
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        while (true)
        {
            await _gate.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                Adjust();
            }
            finally
            {
                _gate.Release();
            }

            await Task.Delay(options.DiscoveryInterval, time, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Under the gate: makes the loops match the source as it is now.</summary>
    private Following Adjust()
    {
        var source = streams.Find(lane.Stream);
        var following = _following;
        var loops = source?.Id == following.StreamId
            ? new Dictionary<string, RunningShard>(following.Loops)
            : [];
        foreach (var shard in source?.Shards ?? [])
        {
            if (!loops.ContainsKey(shard.ShardId))
            {
                // A loop whose stream was gone has ended by itself; its successor must not start before it has. Nor
                // must a child before its parents are delivered: they end by themselves, too.
                var predecessors = new[]
                {
                    following.Loops.GetValueOrDefault(shard.ShardId),
                    loops.GetValueOrDefault(shard.ParentShardId ?? ""),
                    loops.GetValueOrDefault(shard.AdjacentParentShardId ?? ""),
                };
                var loop = makeLoop(lane, source!.Id, shard.ShardId);
                loops[shard.ShardId] = new RunningShard(
                    loop, RunAfterAsync([.. predecessors.OfType<RunningShard>().Select(known => known.Running)], loop));
            }
        }

        // Retention removes closed shards; what is not delivered of one by then still goes on.
        var present = source?.Shards.Select(shard => shard.ShardId).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var (shardId, shard) in loops.Where(loop => !present.Contains(loop.Key)).ToList())
        {
            if (shard.Running.IsCompleted)
            {
                loops.Remove(shardId);
            }
        }

        return _following = new Following(source?.Id, loops);
    }

    private async Task RunAfterAsync(Task[] predecessors, ShardLoop loop)
    {
        await Task.Yield();
        await Task.WhenAll(predecessors).ConfigureAwait(false);
        await loop.RunAsync(_stop.Token).ConfigureAwait(false);
    }

    private sealed record RunningShard(ShardLoop Loop, Task Running);

    private sealed record Following(string? StreamId, IReadOnlyDictionary<string, RunningShard> Loops);
}
