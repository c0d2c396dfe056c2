using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Shards;

/// <summary>
/// Those who wait until a shard is delivered up to a point. Asked from any thread; answered by the shard's loop.
/// </summary>
internal sealed class FlushRequests
{
    private readonly Lock _lock = new();
    private readonly List<Request> _waiting = [];
    private TaskCompletionSource _asked = NewSource();
    private Exception? _closed;
    private bool _ended;

    /// <summary>Completes when a request comes that was not there when <see cref="Take"/> was called last.</summary>
    public Task Asked
    {
        get
        {
            lock (_lock)
            {
                return _asked.Task;
            }
        }
    }

    /// <summary>Completes when every record below <paramref name="upTo"/> is delivered.</summary>
    public Task AddAsync(SequenceNumber upTo)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return Task.CompletedTask;
            }

            if (_closed is not null)
            {
                return Task.FromException(_closed);
            }

            var request = new Request(upTo, NewSource());
            _waiting.Add(request);
            _asked.TrySetResult();
            return request.Source.Task;
        }
    }

    /// <summary>
    /// The requests as they stand before a read of the log; what that read does not find was not there for them.
    /// </summary>
    public IReadOnlyList<Request> Take()
    {
        lock (_lock)
        {
            if (_asked.Task.IsCompleted)
            {
                _asked = NewSource();
            }

            return [.. _waiting];
        }
    }

    /// <summary>Answers those who wait for nothing at or after <paramref name="next"/>.</summary>
    public void CompleteBelow(SequenceNumber next) => Complete(request => request.UpTo <= next);

    /// <summary>Answers these.</summary>
    public void Complete(IReadOnlyList<Request> requests) => Complete(requests.Contains);

    /// <summary>Everything is delivered for ever: answers all, those who come later too.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            _waiting.ForEach(request => request.Source.TrySetResult());
            _waiting.Clear();
        }
    }

    /// <summary>Answers all with the failure, those who come later too.</summary>
    public void Close(Exception reason)
    {
        lock (_lock)
        {
            _closed = reason;
            _waiting.ForEach(request => request.Source.TrySetException(reason));
            _waiting.Clear();
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Complete(Predicate<Request> isDone)
    {
        lock (_lock)
        {
            foreach (var request in _waiting.FindAll(isDone))
            {
                _waiting.Remove(request);
                request.Source.TrySetResult();
            }
        }
    }

    internal sealed record Request(SequenceNumber UpTo, TaskCompletionSource Source);
}
