using Microsoft.Extensions.Logging;
using Tarn.Catalog;
using Tarn.Delivery.Batches;
using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Lanes;
using Tarn.Delivery.Prefixes;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Shards;

/// <summary>
/// Delivers one shard of one stream for one lane of a delivery stream, until the shard has ended, the stream is gone or
/// it is stopped. Its state has one owner, the loop; the log is the buffer, so memory does not grow with a batch.
/// </summary>
/// <remarks>
/// <code>
///   1 load the checkpoint ---- it holds a batch? stage that again, go to 5
///   2 read the log and stage what comes (<see cref="Gathering"/>)
///   3 decide (<see cref="BatchDecision"/>): wait, read on, or
///   4 seal: staged files are finished, range and names stored durably
///   5 put: staged files -> objects
///   6 commit: checkpoint moves and partitions are registered, one transaction; go to 2
/// </code>
/// At a backlog 2 and 3 of the next batch go on during 4 to 6 of the one before; never are two batches in 4 to 6.
/// A failure in 5 or 6 is repeated after a pause with what is staged, one anywhere else goes back to 1. A stop between
/// 4 and 6 repeats with the same records and names.
/// </remarks>
internal sealed class ShardLoop(
    DeliveryLane lane,
    string streamId,
    string shardId,
    IStreams streams,
    ICatalog catalog,
    CheckpointStore checkpoints,
    PlanCarrier carrier,
    BatchMaker maker,
    DeliveryInstruments instruments,
    DeliveryOptions options,
    TimeProvider time,
    ILogger<ShardLoop> logger)
{
    private readonly TimeZoneInfo _zone = TimeZones.Find(lane.Output.TimeZone, "time zone");
    private int _failures;
    private volatile ShardProgress _progress = new(null, null, null);

    public FlushRequests Flushes { get; } = new();

    /// <summary>Read by any thread.</summary>
    public ShardProgress Progress => _progress;

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (!await TryFollowAsync(stop).ConfigureAwait(false))
            {
                await PauseAsync(stop).ConfigureAwait(false);
            }

            Flushes.Close(new TarnException(ErrorKind.NotFound, $"stream '{lane.Stream}' is gone"));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Flushes.Close(new TarnException(
                ErrorKind.Unavailable,
                $"delivery stream '{lane.Delivery}' was stopped or changed",
                hint: "flush it again"));
        }
    }

    /// <summary>Steps 1 to 6 until nothing more can come; false after a failure.</summary>
    private async Task<bool> TryFollowAsync(CancellationToken stop)
    {
        try
        {
            await FollowAsync(stop).ConfigureAwait(false);
            _progress = new ShardProgress(null, null, null);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            stop.ThrowIfCancellationRequested();
            if (streams.Find(lane.Stream)?.Id != streamId)
            {
                return true;
            }

            Failed(e);
            return false;
        }
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        var stored = await RepeatAsync(await LoadAsync(stop).ConfigureAwait(false), stop).ConfigureAwait(false);
        if (!IsInStream())
        {
            Flushes.End();
            return;
        }

        stored = await StartAtAsync(stored, stop).ConfigureAwait(false);
        var from = new SequenceNumber(stored.Checkpoint.Next);
        var delivering = Task.FromResult(stored);
        Gathering? open = null;
        try
        {
            while (true)
            {
                open = Gather(from);
                if (!await FillAsync(open, delivering, stop).ConfigureAwait(false))
                {
                    return;
                }

                stored = await delivering.ConfigureAwait(false);
                Show(open.Range);
                from = open.Range.Last.Next;
                var isMoreBehind = open.IsClosed;
                delivering = DeliverAsync(stored, open, stop);
                open = null;
                if (!isMoreBehind)
                {
                    await delivering.ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await ((Task)delivering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (open is not null)
            {
                await open.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Steps 2 and 3 until there is a batch to deliver (true) or nothing more will come.</summary>
    /// <param name="delivering">The batch before, which may still be on its way while this one is read.</param>
    private async Task<bool> FillAsync(Gathering gathering, Task delivering, CancellationToken stop)
    {
        while (true)
        {
            var asked = Flushes.Take();
            await gathering.ReadAsync(stop).ConfigureAwait(false);
            if (streams.Find(lane.Stream)?.Id != streamId)
            {
                return false;
            }

            if (delivering.IsCompleted)
            {
                Show(gathering.Range);
            }

            var decision = Decide(gathering, asked);
            if (decision is BatchDecision.Deliver)
            {
                return true;
            }

            if (decision is BatchDecision.ReadOn)
            {
                continue;
            }

            await delivering.ConfigureAwait(false);
            Show(gathering.Range);
            if (decision is not BatchDecision.Wait wait)
            {
                Flushes.End();
                return false;
            }

            if (gathering.Range.IsEmpty)
            {
                Flushes.Complete(asked);
                Succeeded();
            }

            await WaitAsync(gathering.Position, wait.DueAt, stop).ConfigureAwait(false);
        }
    }

    /// <summary>The oldest batch that is not delivered is what the shard's position and lag are about.</summary>
    private void Show(in BatchRange range) => _progress = _progress with
    {
        OldestPending = range.IsEmpty ? null : range.OldestArrival,
        Next = range.IsEmpty ? null : range.First,
    };

    private BatchDecision Decide(Gathering gathering, IReadOnlyList<FlushRequests.Request> asked) => BatchDecision.Of(
        gathering.Range,
        time.GetUtcNow(),
        lane.BufferTime,
        gathering.IsClosed,
        gathering.IsAtTip,
        gathering.HasShardEnded,
        isFlushAsked: asked.Count > 0);

    private Gathering Gather(SequenceNumber from) =>
        new(lane, shardId, from, _zone, maker, streams, options, time);

    private async Task<StoredCheckpoint> LoadAsync(CancellationToken stop)
    {
        var stored = await checkpoints.FindAsync(lane.Key, shardId, stop).ConfigureAwait(false);
        return stored ?? new StoredCheckpoint(
            CheckpointStore.Name(lane.Key, shardId), new ShardCheckpoint { StreamId = streamId }, Version: 0);
    }

    /// <summary>
    /// False once retention has removed the closed shard: what is delivered of it is all there will be.
    /// </summary>
    private bool IsInStream() => streams.Find(lane.Stream) is not { } source || source.Id != streamId
        || source.Shards.Any(shard => shard.ShardId == shardId);

    /// <summary>The numbers of another stream say nothing about this one; the counters go on.</summary>
    private async Task<StoredCheckpoint> StartAtAsync(StoredCheckpoint stored, CancellationToken stop)
    {
        var isBegun = stored.Version > 0 && stored.Checkpoint.StreamId == streamId;
        if (isBegun)
        {
            return stored;
        }

        var next = lane.From is { } from
            ? await streams.ResolveAsync(lane.Stream, shardId, new StartPosition.AtTime(from), stop)
                .ConfigureAwait(false)
            : new SequenceNumber(0);
        var checkpoint = stored.Checkpoint with { StreamId = streamId, Next = next.Value, Batch = null };
        return stored with { Checkpoint = checkpoint };
    }

    /// <summary>Finishes what an attempt before left under way.</summary>
    private async Task<StoredCheckpoint> RepeatAsync(StoredCheckpoint stored, CancellationToken stop)
    {
        if (stored.Checkpoint.Plan is not null)
        {
            return await carrier.DropAsync(stored, stop).ConfigureAwait(false);
        }

        if (stored.Checkpoint.Batch is not { } plan)
        {
            return stored;
        }

        if (await IsHomelessAsync(plan, stop).ConfigureAwait(false))
        {
            return await carrier.DropAsync(stored, stop).ConfigureAwait(false);
        }

        var before = stored.Checkpoint;
        _progress = _progress with { OldestPending = plan.OldestArrival, Next = new SequenceNumber(plan.First) };
        stored = await carrier.RepeatAsync(lane, stored, plan, stop).ConfigureAwait(false);
        Delivered(before, stored.Checkpoint);
        return stored;
    }

    /// <summary>
    /// The plan's table was dropped and the settings name another one since: only a new plan can succeed.
    /// </summary>
    private async Task<bool> IsHomelessAsync(BatchPlan plan, CancellationToken stop) =>
        PlanCarrier.TableOf(plan.Destination) is { } table
        && table != PlanCarrier.TableOf(lane.Destination)
        && await catalog.FindTableAsync(table, stop).ConfigureAwait(false) is null;

    /// <summary>Steps 4 to 6; disposes what was gathered.</summary>
    private async Task<StoredCheckpoint> DeliverAsync(
        StoredCheckpoint stored, Gathering gathering, CancellationToken stop)
    {
        await using var gathered = gathering.ConfigureAwait(false);
        var before = stored.Checkpoint;
        var (staged, range) = (gathering.Staged!, gathering.Range);
        var plan = new BatchPlan
        {
            Stream = lane.Stream,
            IsFromStream = lane.IsFromStream,
            ShardId = shardId,
            First = range.First.Value,
            Last = range.Last.Value,
            Records = range.Records,
            OldestArrival = range.OldestArrival,
            StartedAt = gathering.Scene!.StartedAt,
            Destination = lane.Destination,
            Outputs = await staged.SealAsync(range, stop).ConfigureAwait(false),
        };
        stored = await checkpoints.SaveAsync(stored, before with { Batch = plan }, stop).ConfigureAwait(false);
        stored = await PutAsync(stored, plan, staged, stop).ConfigureAwait(false);
        Delivered(before, stored.Checkpoint);
        return stored;
    }

    private async Task<StoredCheckpoint> PutAsync(
        StoredCheckpoint stored, BatchPlan plan, IStagedBatch staged, CancellationToken stop)
    {
        DateTimeOffset? failedFirst = null;
        while (true)
        {
            try
            {
                return await carrier.CarryOutAsync(stored, plan, staged, stop).ConfigureAwait(false);
            }
            catch (TarnException e) when (e.Kind == ErrorKind.Unavailable && !stop.IsCancellationRequested)
            {
                Failed(e);
            }

            failedFirst ??= time.GetUtcNow();
            if (IsGivenUp(failedFirst.Value))
            {
                plan = plan with { GivenUp = [.. plan.GivenUp, .. staged.FoldersNotPut] };
                stored = await checkpoints.SaveAsync(stored, stored.Checkpoint with { Batch = plan }, stop)
                    .ConfigureAwait(false);
                return await carrier.RepeatAsync(lane, stored, plan, stop).ConfigureAwait(false);
            }

            await PauseAsync(stop).ConfigureAwait(false);
        }
    }

    private bool IsGivenUp(DateTimeOffset failedFirst) =>
        lane.Destination is ObjectDestination { Partitioning: { } partitioning }
        && time.GetUtcNow() - failedFirst >= TimeSpan.FromSeconds(partitioning.RetrySeconds);

    private void Delivered(ShardCheckpoint before, ShardCheckpoint after)
    {
        if (before.StreamId == streamId)
        {
            Flushes.CompleteBelow(new SequenceNumber(after.Next));
        }

        Succeeded();
        var (records, failed) = (after.Records - before.Records, after.BadRecords - before.BadRecords);
        instruments.Delivered(lane.Key, records, after.Objects - before.Objects, failed);
        DeliveryLog.Delivered(logger, lane.Key, after.LastObject ?? "nothing", records, failed);
    }

    private void Failed(Exception failure)
    {
        _failures++;
        instruments.Failed(lane.Key);
        DeliveryLog.AttemptFailed(logger, lane.Key, shardId, _failures, failure);
        _progress = _progress with { LastError = failure is TarnException tarn ? tarn.Describe() : failure.Message };
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
        await streams.WaitAsync(lane.Stream, shardId, position, cancellation).ConfigureAwait(false);
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
