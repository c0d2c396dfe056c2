using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Testing;

namespace Tarn.Storage.Tests;

/// <summary>The embedded stores over a temporary data directory.</summary>
internal sealed class TestLake : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private LocalStorage? _storage;

    /// <summary>
    /// With a fake clock nothing is settled until a close: the settler waits for a time that does not come.
    /// </summary>
    public TimeProvider Clock { get; private set; } = TimeProvider.System;

    /// <summary>Called as a put or delete passes each step.</summary>
    public Action<PutStep> Reached { get; set; } = _ => { };

    /// <summary>S3's, unless a test that needs many parts sets less before it reopens.</summary>
    public long PartBytesMin { get; set; } = LocalUploads.PartBytesMin;

    public string Path => _directory.Path;

    public string Objects => System.IO.Path.Combine(Path, "objects");

    public LocalStorage Storage => _storage!;

    public static async Task<TestLake> OpenAsync()
    {
        var lake = new TestLake();
        await lake.ReopenAsync();
        return lake;
    }

    /// <summary>Stops in order and starts again.</summary>
    public async Task ReopenAsync()
    {
        await CloseAsync();
        _storage = await LocalStorage.OpenAsync(
            Path, Clock, IdSource.System, NullLogger.Instance, step => Reached(step), PartBytesMin);
    }

    /// <summary>Starts again with a clock that stands still.</summary>
    public async Task StopSettlingAsync()
    {
        Clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 4, 0, 0, TimeSpan.Zero));
        await ReopenAsync();
    }

    public async Task CloseAsync()
    {
        if (_storage is not null)
        {
            await _storage.DisposeAsync();
            _storage = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _directory.Dispose();
    }
}
