using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Primitives.Identity;
using Tarn.Storage;
using Tarn.Storage.Access;

namespace Tarn.Streams.Tests;

/// <summary>
/// Storage and streams registered and started as the executable does it: real files, real metadata, real time.
/// </summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private Server(string directory)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(IdSource.System);
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddStorage(new StorageOptions
        {
            DataDirectory = directory, RootKey = new AccessKey("AKIDTESTTESTTEST", "secretsecret", "root"),
        });
        services.AddStreams(new StreamsOptions
        {
            Directory = Path.Combine(directory, "streams"), SegmentBytesMax = 256 << 10,
        });
        _provider = services.BuildServiceProvider();
    }

    public IStreams Streams => _provider.GetRequiredService<IStreams>();

    public static async Task<Server> StartAsync(string directory)
    {
        var server = new Server(directory);
        foreach (var service in server._provider.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _provider.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _provider.DisposeAsync();
    }
}
