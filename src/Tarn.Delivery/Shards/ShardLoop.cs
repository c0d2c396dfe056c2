using Microsoft.Extensions.Logging;
using Tarn.Delivery.Batches;
using Tarn.Delivery.Checkpoints;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Shards;

/// <summary>
/// Delivers one shard of one stream for one delivery stream, until the shard has ended, the stream is gone or it is
/// stopped. Its state has one owner, the loop; the log is the buffer, so memory does not grow with a batch.
/// </summary>
/// <remarks>
/// <code>
///   1 load the checkpoint ---- it holds a plan? ----------------+
///   2 scan the log: numbers, sizes and times, no payloads       |
///   3 decide (<see cref="BatchDecision"/>): wait, read on, or   |
///   4 plan: range and names, stored durably                     |
///   5 write: log -> compressor -> staged file -> object    &lt;----+
///   6 commit: checkpoint moves and partition is registered, one transaction; go to 2
/// </code>
/// A failure anywhere goes back to 1 after a pause. A stop between 4 and 6 repeats 5 with the same records and names.
/// </remarks>
internal sealed class ShardLoop(
    DeliverySpec spec,
    string streamId,
    string shardId,
    IStreams streams,
    CheckpointStore checkpoints,
    BatchWriter writer,
    DeliveryOptions options,
    TimeProvider time,
    ILogger<ShardLoop> logger)
{
    private readonly TimeSpan _bufferTime = TimeSpan.FromSeconds(spec.BufferSeconds);
    private int _failures;
    private volatile ShardProgress _progress = new(null, null, null);

    public FlushRequests Flushes { get; } = new();

    /// <summary>Read by any thread.</summary>
    public ShardProgress Progress => _progress;

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (await TryFollowAsync(stop).ConfigureAwait(false) is { } failure)
            {
                _failures++;
                _progress = _progress with { LastError = failure };
                await PauseAsync(stop).ConfigureAwait(false);
            }

            Flushes.Close(new TarnException(ErrorKind.NotFound, $"stream '{spec.Stream}' is gone"));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Flushes.Close(new TarnException(
                ErrorKind.Unavailable,
                $"delivery stream '{spec.Name}' was stopped or changed",
                hint: "flush it again"));
        }
    }

    /// <summary>Steps 1 to 6 until nothing more can come (null), or the text of a failure.</summary>
    private async Task<string?> TryFollowAsync(CancellationToken stop)
    {
        try
        {
            await FollowAsync(stop).ConfigureAwait(false);
            _progress = new ShardProgress(null, null, null);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            stop.ThrowIfCancellationRequested();
            if (streams.Find(spec.Stream)?.Id != streamId)
            {
                return null;
            }

            DeliveryLog.AttemptFailed(logger, spec.Name, shardId, _failures + 1, e);
            return e is TarnException tarn ? tarn.Describe() : e.Message;
        }
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        var stored = await LoadAsync(stop).ConfigureAwait(false);
        if (stored.Checkpoint.Plan is { } plan)
        {
            stored = await IsHomelessAsync(plan, stop).ConfigureAwait(false)
                ? await DropAsync(stored, plan, stop).ConfigureAwait(false)
                : await CarryOutAsync(stored, plan, stop).ConfigureAwait(false);
        }

        if (!IsInStream())
        {
            Flushes.End();
            return;
        }

        stored = StartAt(stored);
        var scan = new ShardScan(new SequenceNumber(stored.Checkpoint.Next));
        while (true)
        {
            var asked = Flushes.Take();
            await scan.ReadAsync(streams, spec, shardId, options, stop).ConfigureAwait(false);
            if (streams.Find(spec.Stream)?.Id != streamId)
            {
                return;
            }

            _progress = _progress with
            {
                OldestPending = scan.Batch.IsEmpty ? null : scan.Batch.OldestArrival,
                Next = scan.Batch.IsEmpty ? null : scan.Batch.First,
            };
            switch (Decide(scan, asked))
            {
                case BatchDecision.Deliver:
                    stored = await DeliverAsync(stored, scan.Batch, stop).ConfigureAwait(false);
                    scan = new ShardScan(new SequenceNumber(stored.Checkpoint.Next));
                    break;
                case BatchDecision.Wait wait:
                    if (scan.Batch.IsEmpty)
                    {
                        Flushes.Complete(asked);
                        Succeeded();
                    }

                    await WaitAsync(scan.Position, wait.DueAt, stop).ConfigureAwait(false);
                    break;
                case BatchDecision.End:
                    Flushes.End();
                    return;
            }
        }
    }

    private BatchDecision Decide(ShardScan scan, IReadOnlyList<FlushRequests.Request> asked) => BatchDecision.Of(
        scan.Batch,
        time.GetUtcNow(),
        _bufferTime,
        scan.IsClosed,
        scan.IsAtTip,
        scan.HasShardEnded,
        isFlushAsked: asked.Count > 0);

    private async Task<StoredCheckpoint> LoadAsync(CancellationToken stop)
    {
        var stored = await checkpoints.FindAsync(spec.Name, shardId, stop).ConfigureAwait(false);
        return stored ?? new StoredCheckpoint(
            CheckpointStore.Name(spec.Name, shardId), new ShardCheckpoint { StreamId = streamId }, Version: 0);
    }

    /// <summary>
    /// False once retention has removed the closed shard: what is delivered of it is all there will be.
    /// </summary>
    private bool IsInStream() => streams.Find(spec.Stream) is not { } source || source.Id != streamId
        || source.Shards.Any(shard => shard.ShardId == shardId);

    /// <summary>The numbers of another stream say nothing about this one; the counters go on.</summary>
    private StoredCheckpoint StartAt(StoredCheckpoint stored) => stored.Checkpoint.StreamId == streamId
        ? stored
        : stored with { Checkpoint = stored.Checkpoint with { StreamId = streamId, Next = 0, Plan = null } };

    private async Task<StoredCheckpoint> DeliverAsync(StoredCheckpoint stored, OpenBatch batch, CancellationToken stop)
    {
        var plan = BatchNaming.Plan(spec, shardId, batch);
        stored = await checkpoints.SaveAsync(stored, stored.Checkpoint with { Plan = plan }, stop)
            .ConfigureAwait(false);
        return await CarryOutAsync(stored, plan, stop).ConfigureAwait(false);
    }

    /// <summary>
    /// The plan's table was dropped and the settings name another one since: only a new plan can succeed.
    /// </summary>
    private async Task<bool> IsHomelessAsync(DeliveryPlan plan, CancellationToken stop) =>
        (plan.Database, plan.Table) != (spec.Database, spec.Table)
        && await checkpoints.IsTableGoneAsync(plan, stop).ConfigureAwait(false);

    private async Task<StoredCheckpoint> DropAsync(StoredCheckpoint stored, DeliveryPlan plan, CancellationToken stop)
    {
        await writer.RemoveAsync(plan, stop).ConfigureAwait(false);
        return await checkpoints.SaveAsync(stored, stored.Checkpoint with { Plan = null }, stop).ConfigureAwait(false);
    }

    /// <summary>Steps 5 and 6.</summary>
    private async Task<StoredCheckpoint> CarryOutAsync(
        StoredCheckpoint stored, DeliveryPlan plan, CancellationToken stop)
    {
        var before = stored.Checkpoint;
        _progress = _progress with { OldestPending = plan.OldestArrival, Next = new SequenceNumber(plan.First) };
        var outcome = await writer.WriteAsync(plan, before.StreamId, stop).ConfigureAwait(false);
        var after = CheckpointRule.Advance(before, plan, outcome, time.GetUtcNow());
        stored = outcome.GoodRecords > 0
            ? await checkpoints.CommitAsync(stored, after, plan, stop).ConfigureAwait(false)
            : await checkpoints.SaveAsync(stored, after, stop).ConfigureAwait(false);
        if (before.StreamId == streamId)
        {
            Flushes.CompleteBelow(new SequenceNumber(after.Next));
        }

        Succeeded();
        DeliveryLog.Delivered(logger, spec.Name, plan.DataObject, outcome.GoodRecords, outcome.BadRecords);
        return stored;
    }

    private void Succeeded()
    {
        _failures = 0;
        _progress = new ShardProgress(null, null, null);
    }

    private async Task WaitAsync(SequenceNumber position, DateTimeOffset? dueAt, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var asked = Flushes.Asked;
        var records = WaitForRecordsAsync(position, ended.Token);
        var delay = dueAt - time.GetUtcNow() ?? Timeout.InfiniteTimeSpan;
        var due = Task.Delay(delay > TimeSpan.Zero || dueAt is null ? delay : TimeSpan.Zero, time, ended.Token);
        var first = await Task.WhenAny(asked, records, due).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        await first.ConfigureAwait(false);
    }

    /// <summary>
    /// New records, but looked at no more often than the scan interval: a trickle must not cost a read each.
    /// </summary>
    private async Task WaitForRecordsAsync(SequenceNumber position, CancellationToken cancellation)
    {
        await Task.Delay(options.ScanInterval, time, cancellation).ConfigureAwait(false);
        await streams.WaitAsync(spec.Stream, shardId, position, cancellation).ConfigureAwait(false);
    }

    private async Task PauseAsync(CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _ = Flushes.Take();
        var delay = Backoff.Delay(_failures, options.RetryDelayMin, options.RetryDelayMax);
        await Task.WhenAny(Flushes.Asked, Task.Delay(delay, time, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
    }
}
