using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Commits;
using Tarn.Streams.Metrics;
using Tarn.Streams.Rates;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Shards;

/// <summary>
/// The log of one shard. Whatever changes it runs in a committer's turn (<see cref="Commit"/>), one at a time;
/// everybody else reads <see cref="Tip"/>.
/// <code>
/// caller:     encode -> queue ------------------------------.
/// committer:  1 take all that waits   2 roll if due   3 number   4 write   5 fsync   6 show to readers   7 answer
/// </code>
/// With <see cref="StreamDurability.OperatingSystem"/> step 5 is left to a <see cref="BackgroundFlush"/>; rolling and
/// closing still wait for it, so that only the last segment can lose anything.
/// A failed write (disk full) fails its appends, is cut off again and leaves the log good. After a failed fsync nobody
/// knows what is on disk: the shard accepts nothing more until it is opened again.
/// </summary>
internal sealed partial class ShardLog : ICommitTurn
{
    private readonly ShardPlace _place;
    private readonly StreamsOptions _options;
    private readonly ISegmentDisk _disk;
    private readonly LogThreads _threads;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly TipSignal _signal = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<BatchHeader> _headers = [];
    private readonly List<ReadOnlyMemory<byte>> _buffers = [];
    private SegmentLease? _active;
    private ShardTip _tip;
    private BackgroundFlush? _background;
    private volatile StreamDurability _durability;
    private TarnException? _refusal;
    private ShardRates? _rates;
    private bool _gone;

    public ShardLog(
        ShardPlace place, ShardTip tip, StreamsOptions options, ISegmentDisk disk, LogThreads threads,
        TimeProvider clock, ILogger logger)
    {
        _place = place;
        _tip = tip;
        _options = options;
        _disk = disk;
        _threads = threads;
        _clock = clock;
        _logger = logger;
        Queue = new AppendQueue(() => threads.Committers.Schedule(this));
    }

    public ShardPlace Place => _place;

    public AppendQueue Queue { get; }

    public ShardTip Tip => Volatile.Read(ref _tip);

    public required ShardCounters Counters { get; init; }

    /// <summary>An fsync failed: nothing more is accepted until restart.</summary>
    public bool IsStopped => Volatile.Read(ref _refusal) is not null;

    /// <summary>Records that arrived longer ago are not shown, and their segments are removed.</summary>
    public TimeSpan Retention { get; set; }

    /// <summary>Records that arrived before this are past retention.</summary>
    public long RetainedFromMs => (_clock.GetUtcNow() - Retention).ToUnixTimeMilliseconds();

    /// <summary>When appends are answered; to be sure of all that was answered before, harden.</summary>
    public StreamDurability Durability
    {
        get => _durability;
        set => _durability = value;
    }

    /// <summary>What the shard takes and gives per second; null: all that it can.</summary>
    public ShardRates? Rates => Volatile.Read(ref _rates);

    /// <inheritdoc/>
    public bool Commit()
    {
        var group = Queue.Take(out var upkeep);
        HeedBackground();
        if (group.Count > 0)
        {
            Append(group);
        }

        Interlocked.Exchange(ref _asked, null)?.Invoke();
        if (upkeep && _refusal is null && !_gone)
        {
            Trim();
        }

        if (Volatile.Read(ref _gone))
        {
            Close();
            _background?.Dispose();
            _left.TrySetResult();
        }

        return Queue.Finish(group);
    }

    /// <summary>Sets what the stream asks for; the server's own setting holds beside it.</summary>
    public void LimitTo(StreamRates rates) => Volatile.Write(
        ref _rates,
        StreamRates.Aws == rates || StreamRates.Aws == _options.Rates
            ? _rates ?? new ShardRates(_place, _clock)
            : null);

    /// <summary>
    /// From now on appends are answered after fsync; completes when all before are on disk too. Failure: the reason why
    /// the shard accepts nothing more.
    /// </summary>
    public async Task HardenAsync()
    {
        if (Durability == StreamDurability.Disk)
        {
            return;
        }

        Durability = StreamDurability.Disk;
        await InTurnAsync(() => FlushBehind());
        if (Volatile.Read(ref _refusal) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Completes when <paramref name="from"/> is below the tip, or the log has ended or is gone.</summary>
    public async Task WaitAsync(SequenceNumber from, CancellationToken cancellation)
    {
        while (true)
        {
            var signal = _signal.Next();
            if (Tip.Next > from.Value || IsEnded || Volatile.Read(ref _gone))
            {
                return;
            }

            await signal.WaitAsync(cancellation);
        }
    }

    /// <summary>
    /// Accepts nothing more and wakes who waits; completes when no committer touches the folder any longer.
    /// </summary>
    public Task LeaveAsync(TarnException reason)
    {
        Volatile.Write(ref _gone, true);
        Queue.Refuse(reason);
        _signal.Pulse();
        return Queue.RequestUpkeep() ? _left.Task : Task.CompletedTask;
    }

    /// <summary>Brings everything to the disk and lets go of the file. Only after the threads have stopped.</summary>
    public void Finish()
    {
        HeedBackground();
        FlushBehind();
        Close();
        _background?.Dispose();
    }

    private void Close()
    {
        _active?.Dispose();
        _active = null;
    }

    private void Append(List<PendingAppend> group)
    {
        var first = _tip.Next;
        if (TryAppend(group) is { } failure)
        {
            foreach (var append in group)
            {
                append.Fail(failure);
            }

            return;
        }

        foreach (var append in group)
        {
            var next = first + (ulong)append.RecordCount;
            append.Complete(new SequenceNumber(first));
            first = next;
        }
    }

    private TarnException? TryAppend(List<PendingAppend> group)
    {
        if (_refusal is not null)
        {
            return _refusal;
        }

        var nowMs = Math.Max(_clock.GetUtcNow().ToUnixTimeMilliseconds(), _tip.NewestArrivalMs);
        if (IsRollDue(nowMs) && Roll(nowMs) is { } notRolled)
        {
            return notRolled;
        }

        var segment = _tip.Segments[^1];
        var next = _tip.Next;
        _headers.Clear();
        _buffers.Clear();
        foreach (var append in group)
        {
            append.Number(next, nowMs, segment.Id.Salt, _headers);
            _buffers.Add(append.Bytes);
            next += (ulong)append.RecordCount;
        }

        try
        {
            _active ??= segment.Acquire();
            _disk.Write(_active.Value.Handle, _buffers, segment.CommittedLength);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return CutBack(segment, cause);
        }

        var waits = Durability == StreamDurability.Disk;
        if (waits && Flush(segment) is { } notFlushed)
        {
            return notFlushed;
        }

        segment.Commit(_headers);
        Counters.Committed(_headers);
        Show(_tip with { Next = next, NewestArrivalMs = nowMs });
        if (!waits)
        {
            _background ??= new BackgroundFlush(
                _disk, _threads.Flushers, Counters, _clock, onFailure: () => Queue.RequestUpkeep());
            _background.Wrote(segment);
        }

        return null;
    }

    private TarnException? Flush(Segment segment)
    {
        try
        {
            var began = _clock.GetTimestamp();
            _active ??= segment.Acquire();
            _disk.Flush(_active.Value.Handle);
            Counters.Flushed(_clock.GetElapsedTime(began));
            _background?.CaughtUp();
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return Stop("fsync", segment.Path, cause);
        }
    }

    /// <summary>fsync now if the background owes one.</summary>
    private TarnException? FlushBehind() =>
        _refusal ?? (_background?.IsBehind == true ? Flush(_tip.Segments[^1]) : null);

    private void HeedBackground()
    {
        if (_refusal is null && _background?.Failure is { } cause)
        {
            Stop("fsync", _tip.Segments[^1].Path, cause);
        }
    }

    private void Show(ShardTip tip)
    {
        Volatile.Write(ref _tip, tip);
        _signal.Pulse();
    }

    private TarnException CutBack(Segment segment, Exception cause)
    {
        try
        {
            if (_active is { } active)
            {
                _disk.Truncate(active.Handle, segment.CommittedLength);
            }
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            return Stop("truncation", segment.Path, second);
        }

        NotWritten(_place.ShardId, _place.StreamName, cause);
        return new TarnException(
            ErrorKind.Unavailable,
            $"{_place} could not write its log",
            cause.Message,
            "free disk space, then retry",
            cause);
    }

    private TarnException Stop(string call, string path, Exception cause)
    {
        var refusal = new TarnException(
            ErrorKind.Unavailable,
            $"{_place} has stopped accepting records",
            $"{call} of '{path}' failed: {cause.Message}",
            "check the disk, then restart the server",
            cause);
        Volatile.Write(ref _refusal, refusal);
        Stopped(_place.ShardId, _place.StreamName, call, cause);
        Queue.Refuse(refusal);
        return refusal;
    }

    [LoggerMessage(2111, LogLevel.Warning, "shard '{Shard}' of stream '{Stream}': an append was not written")]
    private partial void NotWritten(string shard, string stream, Exception cause);

    [LoggerMessage(2112, LogLevel.Error, "shard '{Shard}' of stream '{Stream}' stops accepting records: {Call} failed")]
    private partial void Stopped(string shard, string stream, string call, Exception cause);
}
