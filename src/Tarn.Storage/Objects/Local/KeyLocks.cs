namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Lets one writer at a time change an object, so that rows and files change in the same order. Keys share a fixed
/// number of locks; nobody ever holds two of one instance.
/// </summary>
internal sealed class KeyLocks
{
    private const int Stripes = 1024;

    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the key; disposing the result lets the next one in.</summary>
    public async Task<IDisposable> EnterAsync(ObjectKey key, CancellationToken cancellation)
    {
        var stripe = _locks[(uint)key.GetHashCode() % Stripes];
        await stripe.WaitAsync(cancellation).ConfigureAwait(false);
        return new Held(stripe);
    }

    private sealed class Held(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
