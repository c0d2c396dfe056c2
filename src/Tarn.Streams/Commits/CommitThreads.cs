namespace Tarn.Streams.Commits;

/// <summary>
/// The committers: a few threads of their own (fsync blocks) that take the next shard with something to do. A slow
/// shard holds one of them, the others go on; a shard that is idle costs nothing. They wait without spinning: the cores
/// belong to those who fill the next group.
/// </summary>
internal sealed class CommitThreads : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<ICommitTurn> _line = new();
    private readonly CountdownEvent _running;
    private int _idle;
    private bool _ended;

    public CommitThreads(int count, string name)
    {
        _running = new CountdownEvent(count);
        for (var i = 0; i < count; i++)
        {
            new Thread(Run) { IsBackground = true, Name = $"{name} {i}" }.Start();
        }
    }

    /// <summary>Puts a shard in line; false once stopped.</summary>
    public bool Schedule(ICommitTurn shard)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return false;
            }

            _line.Enqueue(shard);
            if (_idle > 0)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    /// <summary>Lets the line run empty; false when that takes longer than <paramref name="limit"/>.</summary>
    public bool Stop(TimeSpan limit)
    {
        Dispose();
        return _running.Wait(limit);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Run()
    {
        while (Next() is { } shard)
        {
            while (shard.Commit() && !Schedule(shard))
            {
                // Stopping: no more turns are given out, so what is left is done in this one.
            }
        }

        _running.Signal();
    }

    private ICommitTurn? Next()
    {
        lock (_gate)
        {
            ICommitTurn? shard;
            while (!_line.TryDequeue(out shard) && !_ended)
            {
                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }

            return shard;
        }
    }
}
