namespace Tarn.Query.Executions;

/// <summary>
/// Gives turns to queries: at most so many at once, in all and per workgroup. A free turn goes to the workgroup that
/// runs the fewest, among equals to the one that has waited longest for a turn; within a workgroup first come, first
/// served. Thread-safe.
/// </summary>
/// <param name="runningMax">Turns at once, in all.</param>
/// <param name="waitingMax">Queries of one workgroup that may wait.</param>
internal sealed class FairQueue(int runningMax, int waitingMax)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private int _running;
    private long _served;

    /// <summary>Whether one more query of the workgroup may begin to wait.</summary>
    public bool HasRoom(string workgroup)
    {
        lock (_gate)
        {
            return !_lines.TryGetValue(workgroup, out var line) || line.Waiting.Count < waitingMax;
        }
    }

    /// <summary>Waits for a turn; disposing the answer ends it. Cancelling leaves the queue.</summary>
    /// <param name="groupMax">Turns of the workgroup at once; null: no limit of its own.</param>
    public async Task<IDisposable> EnterAsync(string workgroup, int? groupMax, CancellationToken cancellation)
    {
        var waiter = new Waiter(this, workgroup);
        lock (_gate)
        {
            var line = LineOf(workgroup);
            line.RunningMax = Math.Max(1, groupMax ?? int.MaxValue);
            waiter.Place = line.Waiting.AddLast(waiter);
            ServeFree();
        }

        var registration = cancellation.UnsafeRegister(static state => ((Waiter)state!).Leave(), waiter);
        await using (registration.ConfigureAwait(false))
        {
            await waiter.Turn.Task.ConfigureAwait(false);
        }

        return waiter;
    }

    /// <summary>Called within the lock.</summary>
    private void ServeFree()
    {
        while (_running < runningMax && Next() is { } line)
        {
            var waiter = line.Waiting.First!.Value;
            line.Waiting.RemoveFirst();
            line.Running++;
            line.ServedAt = ++_served;
            _running++;
            waiter.Place = null;
            waiter.Turn.TrySetResult();
        }
    }

    private Line? Next() => _lines.Values
        .Where(line => line.Waiting.Count > 0 && line.Running < line.RunningMax)
        .OrderBy(line => line.Running)
        .ThenBy(line => line.ServedAt)
        .FirstOrDefault();

    private void Leave(Waiter waiter)
    {
        lock (_gate)
        {
            if (waiter.Place is { } place)
            {
                LineOf(waiter.Workgroup).Waiting.Remove(place);
                waiter.Place = null;
                waiter.Turn.TrySetCanceled();
                Forget(waiter.Workgroup);
            }
        }
    }

    private void End(Waiter waiter)
    {
        lock (_gate)
        {
            _running--;
            LineOf(waiter.Workgroup).Running--;
            ServeFree();
            Forget(waiter.Workgroup);
        }
    }

    private Line LineOf(string workgroup) =>
        _lines.TryGetValue(workgroup, out var line) ? line : _lines[workgroup] = new Line();

    private void Forget(string workgroup)
    {
        if (_lines[workgroup] is { Running: 0, Waiting.Count: 0 })
        {
            _lines.Remove(workgroup);
        }
    }

    private sealed class Line
    {
        public LinkedList<Waiter> Waiting { get; } = [];

        public int Running { get; set; }

        public int RunningMax { get; set; }

        public long ServedAt { get; set; }
    }

    private sealed class Waiter(FairQueue queue, string workgroup) : IDisposable
    {
        private int _ended;

        public string Workgroup => workgroup;

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Null once it has its turn or has left.</summary>
        public LinkedListNode<Waiter>? Place { get; set; }

        public void Leave() => queue.Leave(this);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                queue.End(this);
            }
        }
    }
}
