using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.ContinuousQueries.State;
using Tarn.DuckDb;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>
/// Cuts a sink's output into epochs, beside the loop that goes on counting. What has left is in the snapshot before it
/// leaves, so that replayed batches, which may fall out otherwise, never give it again.
/// <code>
/// 1 freeze the state; compute what changed since the epoch before
/// 2 write that output to disk, then the snapshot that holds the state, the offsets and the output's name
/// 3 deliver the output; the target drops what it has of it already
/// 4 mark the output as delivered
/// </code>
/// After a kill the newest snapshot says which output must have been delivered, and 3 is done again unless 4 was. A
/// step that fails is tried again until it succeeds, with the same output; a target that refuses stops the sink.
/// </summary>
internal sealed partial class SinkEpochs(
    SinkSpec sink, ISinkTarget target, IDuckDb duckDb, ContinuousQueriesOptions options, TimeProvider time,
    ILogger logger) : IViewSnapshots, IDisposable
{
    /// <summary>Records that may be counted while an epoch is on its way, and that one epoch holds at most, about.
    /// </summary>
    private const long RecordsMax = 500_000;

    /// <summary>Of the time between epochs, what they may cost at most: large states are cut less often.</summary>
    private const int CostShare = 10;

    private static readonly TimeSpan WaitMin = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan IntervalMost = TimeSpan.FromSeconds(30);
    private readonly string _path = Path.Combine(options.Directory, sink.Id);
    private readonly SnapshotFolder _folder = new(Path.Combine(options.Directory, sink.Id), logger);
    private readonly SinkStage _stage = new(Path.Combine(options.Directory, sink.Id), sink.Id);
    private readonly CancellationTokenSource _stop = new();
    private Task _epoch = Task.CompletedTask;
    private SinkPosition _position = new(0, -1, 0, Output: null);
    private SinkEpoch? _waiting;
    private (long Consumed, int EndedShards, long Version) _cut;
    private long _cutAt = time.GetTimestamp();
    private TimeSpan _took;
    private long _consumed;
    private bool _soon;
    private UnderWay? _underWay;

    /// <summary>Where the output stands. Any thread.</summary>
    public SinkPosition Position => Volatile.Read(ref _position);

    /// <summary>Since when an epoch is on its way; null: none is. Any thread.</summary>
    public DateTimeOffset? UnderWaySince => Volatile.Read(ref _underWay)?.Since;

    /// <summary>Why the epoch on its way is being tried again, or null. Any thread.</summary>
    public TarnException? Trouble => Volatile.Read(ref _underWay)?.Trouble;

    public bool HasFiles => _folder.HasFiles;

    public TimeSpan UntilDue
    {
        get
        {
            var rest = Interval - time.GetElapsedTime(_cutAt);
            return rest > WaitMin ? rest : WaitMin;
        }
    }

    private TimeSpan Interval
    {
        get
        {
            var wanted = sink.Options.CommitMilliseconds is { } own
                ? TimeSpan.FromMilliseconds(own) : target.CommitInterval;
            var bearable = _took * CostShare < IntervalMost ? _took * CostShare : IntervalMost;
            return wanted > bearable ? wanted : bearable;
        }
    }

    /// <summary>Before the first start: what the view holds is what leaves first.</summary>
    public void Begin(SnapshotHeader header, FrozenView state) => _folder.Write(
        header with { ViewId = sink.Id, Sink = new SinkPosition(0, -1, 0, Output: null) }, state);

    public ViewState NewState(ViewPlan plan) => new(plan, sink.Query.Options, SinkRows.FormOf(plan));

    public (SnapshotHeader Header, ViewState State)? Read(ViewPlan plan, long now)
    {
        var loaded = _folder.Read(() => NewState(plan), sink.Id, ViewSnapshots.HashOf(plan), now);
        if (loaded is not { Header.Sink: { } position })
        {
            throw Lost("no snapshot is whole");
        }

        try
        {
            _waiting = _stage.Read(position.Output);
        }
        catch (InvalidDataException cause)
        {
            throw Lost(cause.Message);
        }

        Volatile.Write(ref _position, position);
        return loaded;
    }

    public void Loaded(long consumed, int endedShards, long version)
    {
        _cut = (consumed, endedShards, version);
        if (_waiting is { } epoch)
        {
            _waiting = null;
            Volatile.Write(ref _underWay, new UnderWay(time.GetUtcNow(), Trouble: null));
            _epoch = Task.Run(() => DeliverAsync(epoch, _position.Output!));
        }

        _soon = _position.Since < version;
    }

    public bool IsBehind(long consumed, int endedShards, long version) =>
        _cut != (consumed, endedShards, version) || _position.Since < version || !_epoch.IsCompletedSuccessfully;

    public void WriteSoon() => _soon = true;

    public async Task WaitForRoomAsync(long consumed, CancellationToken cancellation)
    {
        _consumed = consumed;
        if (consumed - _cut.Consumed >= RecordsMax)
        {
            await _epoch.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public void WriteIfDue(Func<bool> isDirty, Func<(SnapshotHeader Header, FrozenView State)> freeze)
    {
        if (!_epoch.IsCompleted || _stop.IsCancellationRequested)
        {
            return;
        }

        // What stopped the epoch stops the loop.
        _epoch.GetAwaiter().GetResult();
        if ((_soon || time.GetElapsedTime(_cutAt) >= Interval || _consumed - _cut.Consumed >= RecordsMax) && isDirty())
        {
            _soon = false;
            _cutAt = time.GetTimestamp();
            var (header, state) = freeze();
            _cut = (
                header.Records + header.BadRecords + header.LateRecords,
                header.Inputs.Sum(input => input.Shards.Count(shard => shard.Ended)), header.ViewVersion);
            Volatile.Write(ref _underWay, new UnderWay(time.GetUtcNow(), Trouble: null));
            _epoch = Task.Run(() => RunAsync(header, state));
        }
    }

    public async Task FinishAsync(Func<bool> isDirty, Func<(SnapshotHeader Header, FrozenView State)> freeze) =>
        await _epoch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Nothing is tried again from now on; what waits is delivered after the next start.</summary>
    public Task CancelAsync() => _stop.CancelAsync();

    /// <summary>Completes when nothing of the sink is on its way.</summary>
    public async Task EndAsync() => await _epoch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public void Delete() => _folder.Delete();

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(SnapshotHeader header, FrozenView state)
    {
        var began = time.GetTimestamp();

        // 1
        var before = _position;
        var (rows, removed) = await SinkRows.ReadAsync(duckDb, state, before.Since, _stop.Token).ConfigureAwait(false);
        var isEmpty = rows.Count == 0 && removed is null;
        var place = isEmpty ? null : await TryAsync(() => target.PlaceAsync(sink, _stop.Token)).ConfigureAwait(false);
        var epoch = new SinkEpoch(
            before.Epoch + (isEmpty ? 0 : 1), header.ViewVersion, before.RecordsOut,
            state.Plan.IsAppendOnly, state.Plan.Columns, place)
        {
            Rows = rows,
            Removed = removed,
        };

        // 2
        var name = isEmpty ? null : await TryAsync(() => Task.FromResult(_stage.Write(epoch))).ConfigureAwait(false);
        var position = new SinkPosition(epoch.Number, header.ViewVersion, before.RecordsOut + epoch.Count, name);
        await TryAsync(() =>
        {
            _folder.Write(header with { Sink = position }, state);
            return Task.FromResult(true);
        }).ConfigureAwait(false);
        Volatile.Write(ref _position, position);
        _took = time.GetElapsedTime(began);

        // 3 and 4
        if (name is not null)
        {
            await DeliverAsync(epoch, name).ConfigureAwait(false);
        }

        Volatile.Write(ref _underWay, null);
        Cut(sink.Name, epoch.Number, epoch.Count, (long)time.GetElapsedTime(began).TotalMilliseconds);
    }

    private async Task DeliverAsync(SinkEpoch epoch, string name)
    {
        var isRepeat = epoch.IsRepeat;
        await TryAsync(async () =>
        {
            var attempt = epoch with { IsRepeat = isRepeat };
            isRepeat = true;
            await target.DeliverAsync(sink, attempt, _stop.Token).ConfigureAwait(false);
            _stage.Delivered(name);
            return true;
        }).ConfigureAwait(false);
        Volatile.Write(ref _underWay, null);
    }

    private async Task<T> TryAsync<T>(Func<Task<T>> step)
    {
        var pause = TimeSpan.FromMilliseconds(200);
        while (true)
        {
            TarnException trouble;
            try
            {
                _stop.Token.ThrowIfCancellationRequested();
                var result = await step().ConfigureAwait(false);
                Volatile.Write(ref _underWay, _underWay! with { Trouble = null });
                return result;
            }
            catch (TarnException cause) when (cause.Kind is ErrorKind.Unavailable or ErrorKind.NotFound
                or ErrorKind.Conflict or ErrorKind.LimitExceeded)
            {
                trouble = cause;
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                trouble = new TarnException(ErrorKind.Unavailable, cause.Message, cause: cause);
            }

            Retrying(sink.Name, trouble.Describe());
            Volatile.Write(ref _underWay, _underWay! with { Trouble = trouble });
            await Task.Delay(pause, time, _stop.Token).ConfigureAwait(false);
            pause = pause < TimeSpan.FromSeconds(15) ? pause * 2 : pause;
        }
    }

    private TarnException Lost(string detail) => new(
        ErrorKind.Damaged, $"what sink '{sink.Name}' has put out already is not known any more",
        $"{detail}, in '{_path}'", "drop the sink and create it; it begins with all that the view then holds");

    private sealed record UnderWay(DateTimeOffset Since, TarnException? Trouble);

    [LoggerMessage(6510, LogLevel.Debug, "sink '{Sink}': epoch {Epoch} of {Records} records in {Milliseconds} ms")]
    private partial void Cut(string sink, long epoch, int records, long milliseconds);

    [LoggerMessage(6511, LogLevel.Warning, "sink '{Sink}' waits and tries again: {Reason}")]
    private partial void Retrying(string sink, string reason);
}
