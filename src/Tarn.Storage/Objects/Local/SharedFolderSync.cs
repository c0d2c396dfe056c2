namespace Tarn.Storage.Objects.Local;

/// <summary>
/// fsync of one folder for many callers: each is served by the first one that starts after its call, so all that come
/// while one runs share the next. Thread-safe.
/// </summary>
internal sealed class SharedFolderSync(string folder, DiskThreads threads)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    /// <summary>Ends when the names that were made before the call are durable. Fails with IOException.</summary>
    public Task SyncAsync()
    {
        lock (_lock)
        {
            return _next ??= RunAfterAsync(_running);
        }
    }

    private async Task RunAfterAsync(Task before)
    {
        // A failure is that of the callers before.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            _running = _next!;
            _next = null;
        }

        await threads.RunAsync(() => FileSync.TrySyncFolder(folder)).ConfigureAwait(false);
    }
}
