using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tarn.Storage;

/// <summary>
/// Holds the stores open. They open (and recover) when first asked for, at the latest when the host starts, and close
/// after every service that was started later has stopped; the container's end is what closes them.
/// </summary>
internal sealed partial class StorageLifetime(Lazy<IStores> storage, ILogger<StorageLifetime> log)
    : IHostedService, IAsyncDisposable, IDisposable
{
    private int _disposed;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogOpen(log, storage.Value.Objects.LocalDirectories[0]);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Closes the stores once; the container calls it once per registration that hands this out.</summary>
    public ValueTask DisposeAsync() => storage.IsValueCreated && Interlocked.Exchange(ref _disposed, 1) == 0
        ? storage.Value.DisposeAsync()
        : ValueTask.CompletedTask;

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    [LoggerMessage(2000, LogLevel.Debug, "object store open on {Directory}")]
    private static partial void LogOpen(ILogger log, string directory);
}
