using System.Collections.Concurrent;

namespace Tarn.Streams.Commits;

/// <summary>
/// The committers: a few threads of their own (fsync blocks) that take the next shard with something to do. A slow
/// shard holds one of them, the others go on; a shard that is idle costs nothing.
/// </summary>
internal sealed class CommitThreads : IDisposable
{
    private readonly BlockingCollection<ICommitTurn> _line = [];
    private readonly CountdownEvent _running;

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
        try
        {
            _line.Add(shard);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Lets the line run empty; false when that takes longer than <paramref name="limit"/>.</summary>
    public bool Stop(TimeSpan limit)
    {
        _line.CompleteAdding();
        return _running.Wait(limit);
    }

    public void Dispose() => _line.CompleteAdding();

    private void Run()
    {
        foreach (var shard in _line.GetConsumingEnumerable())
        {
            while (shard.Commit() && !Schedule(shard))
            {
                // Stopping: no more turns are given out, so what is left is done in this one.
            }
        }

        _running.Signal();
    }
}
