using System.Collections.Concurrent;

namespace Tarn.Delivery.Hybrid;

/// <summary>
/// Lets a lane's commits and readers of its table take turns: while a reader lists objects no commit moves the
/// checkpoint under it. Turns come in the order in which they were asked for. Thread-safe.
/// </summary>
internal sealed class CommitTurns
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _byLane = new(StringComparer.Ordinal);

    /// <param name="lane">Of a <see cref="Lanes.DeliveryLane"/>.</param>
    public async Task<Turn> EnterAsync(string lane, CancellationToken cancellation)
    {
        var turn = _byLane.GetOrAdd(lane, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        return new Turn(turn);
    }

    /// <summary>Disposing it, also twice, lets the next one have its turn.</summary>
    internal sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        private SemaphoreSlim? _semaphore = semaphore;

        public void Dispose() => Interlocked.Exchange(ref _semaphore, null)?.Release();
    }
}
