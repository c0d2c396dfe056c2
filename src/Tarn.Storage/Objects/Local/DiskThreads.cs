using System.Collections.Concurrent;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Threads that wait for the disk. An fsync takes milliseconds and no processor; the thread pool begins with as many
/// threads as there are processors, so a few fsyncs there would stop every other request. Each thread starts when it
/// is first needed and ends with the process. Thread-safe.
/// </summary>
internal sealed class DiskThreads
{
    private const int ThreadsMax = 16;

    private readonly BlockingCollection<Action> _waiting = [];
    private readonly Lock _lock = new();
    private int _threads;
    private int _unfinished;

    /// <summary>One for the process: it has one disk, as far as this can tell.</summary>
    public static DiskThreads Shared { get; } = new();

    /// <summary>Runs the work; its failure is the task's.</summary>
    public Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _unfinished++;
            if (_threads < Math.Min(_unfinished, ThreadsMax))
            {
                _threads++;
                new Thread(RunAll) { IsBackground = true, Name = "tarn disk" }.Start();
            }
        }

        _waiting.Add(() => Run(work, done));
        return done.Task;
    }

    private void RunAll()
    {
        foreach (var work in _waiting.GetConsumingEnumerable())
        {
            work();
        }
    }

    private void Run(Action work, TaskCompletionSource done)
    {
        Exception? failure = null;
        try
        {
            work();
        }
        catch (Exception thrown)
        {
            // Any: the caller gets it, this thread goes on.
            failure = thrown;
        }

        lock (_lock)
        {
            _unfinished--;
        }

        if (failure is null)
        {
            done.SetResult();
        }
        else
        {
            done.SetException(failure);
        }
    }
}
