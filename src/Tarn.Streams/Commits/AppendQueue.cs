using Tarn.Primitives.Errors;

namespace Tarn.Streams.Commits;

/// <summary>
/// Appends that wait for one shard's committer. The shard stands in the committers' line at most once, and one
/// committer serves it at a time: whatever gathers meanwhile shares the next write and fsync. Thread-safe.
/// </summary>
/// <param name="schedule">Puts the shard in the committers' line; false when they have stopped.</param>
internal sealed class AppendQueue(Func<bool> schedule)
{
    /// <summary>Enough to keep the disk busy while the next group gathers.</summary>
    public const long WaitingBytesMax = 32 << 20;

    /// <summary>What is said when the committers have stopped.</summary>
    public static readonly TarnException Stopping = new(ErrorKind.Unavailable, "streams are shutting down");

    private readonly Lock _gate = new();
    private readonly ByteBudget _budget = new(WaitingBytesMax);
    private List<PendingAppend> _waiting = [];
    private List<PendingAppend> _spare = []; // outside a turn; within one it gathers, and the other is served
    private bool _scheduled;
    private bool _upkeep;
    private bool _paused;
    private long _servedBytes;
    private TarnException? _refusal;

    /// <summary>Bytes of the appends that are not answered yet.</summary>
    public long WaitingBytes => _budget.Taken;

    /// <summary>Why nothing is accepted any more, or null.</summary>
    public TarnException? Refusal
    {
        get
        {
            lock (_gate)
            {
                return _refusal;
            }
        }
    }

    /// <summary>
    /// Puts an append in line; fails it with the reason when the shard accepts nothing more. Cancelled: it is not in
    /// line and still the caller's.
    /// </summary>
    public ValueTask EnqueueAsync(PendingAppend append, CancellationToken cancellation)
    {
        var room = _budget.TakeAsync(append.Length, cancellation);
        if (!room.IsCompletedSuccessfully)
        {
            return EnqueueAsync(append, room);
        }

        Enqueue(append);
        return ValueTask.CompletedTask;
    }

    private async ValueTask EnqueueAsync(PendingAppend append, ValueTask room)
    {
        await room;
        Enqueue(append);
    }

    private void Enqueue(PendingAppend append)
    {
        TarnException? refusal;
        lock (_gate)
        {
            refusal = _refusal ?? (_paused || TrySchedule() ? null : Stopping);
            if (refusal is null)
            {
                _waiting.Add(append);
            }
        }

        if (refusal is not null)
        {
            _budget.Return(_budget.Share(append.Length));
            append.Fail(refusal);
        }
    }

    /// <summary>
    /// Asks for a turn that looks after retention, or lets go; false when the committers have stopped.
    /// </summary>
    public bool RequestUpkeep()
    {
        lock (_gate)
        {
            return _upkeep = TrySchedule();
        }
    }

    /// <summary>Everything that waits. The committer returns the list by <see cref="Finish"/>.</summary>
    public List<PendingAppend> Take(out bool upkeep)
    {
        List<PendingAppend> group;
        lock (_gate)
        {
            (upkeep, _upkeep) = (_upkeep, false);
            group = _paused ? _spare : _waiting;
            _waiting = _paused ? _waiting : _spare;
        }

        _servedBytes = 0;
        foreach (var append in group)
        {
            _servedBytes += _budget.Share(append.Length);
        }

        return group;
    }

    /// <summary>Ends a turn; true when more has gathered, and then the shard counts as scheduled.</summary>
    public bool Finish(List<PendingAppend> group)
    {
        _budget.Return(_servedBytes);
        group.Clear();
        lock (_gate)
        {
            _spare = group;
            _scheduled = (_waiting.Count > 0 && !_paused) || _upkeep;
            return _scheduled;
        }
    }

    /// <summary>Whatever waits and whatever comes is held back. In the shard's own turn only.</summary>
    public void Pause()
    {
        lock (_gate)
        {
            _paused = true;
        }
    }

    /// <summary>Goes on with what was held back.</summary>
    public void Resume()
    {
        bool served;
        lock (_gate)
        {
            _paused = false;
            served = _waiting.Count == 0 || TrySchedule();
        }

        if (!served)
        {
            Refuse(Stopping);
        }
    }

    /// <summary>Fails whatever waits and whatever comes.</summary>
    public void Refuse(TarnException refusal)
    {
        List<PendingAppend> waiting;
        lock (_gate)
        {
            _refusal ??= refusal;
            (waiting, _waiting) = (_waiting, []);
        }

        foreach (var append in waiting)
        {
            _budget.Return(_budget.Share(append.Length));
            append.Fail(refusal);
        }
    }

    private bool TrySchedule()
    {
        if (!_scheduled)
        {
            _scheduled = schedule();
        }

        return _scheduled;
    }
}
