using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Catalog;
using Tarn.Primitives.Identity;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Storage.Objects;
using Tarn.Streams;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.Kills;

/// <summary>
/// Storage, streams, catalog and delivery as the executable joins them, in real time; the store that deliveries put
/// into fails as asked.
/// </summary>
internal sealed class KillServer : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private KillServer(ServiceProvider services) => _services = services;

    public IStreams Streams => _services.GetRequiredService<IStreams>();

    public IDeliveryStreams Delivery => _services.GetRequiredService<IDeliveryStreams>();

    public ICatalog Catalog => _services.GetRequiredService<ICatalog>();

    public IObjectStore Store => _services.GetRequiredService<IObjectStore>();

    public static async Task<KillServer> StartAsync(string directory, Faults faults)
    {
        var collection = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(IdSource.System)
            .AddSingleton(new LakeIdentity())
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddStorage(new StorageOptions
            {
                DataDirectory = directory, RootKey = new AccessKey("AKIDTESTTESTTEST", "secretsecret", "root"),
            })
            .AddStreams(new StreamsOptions { Directory = Path.Combine(directory, "streams") })
            .AddCatalog()
            .AddDelivery(new DeliveryOptions
            {
                DiscoveryInterval = TimeSpan.FromMilliseconds(50),
                ScanInterval = TimeSpan.FromMilliseconds(10),
                RetryDelayMin = TimeSpan.FromMilliseconds(5),
                RetryDelayMax = TimeSpan.FromMilliseconds(50),
            });
        var store = collection.Last(service => service.ServiceType == typeof(IObjectStore));
        collection.AddSingleton<IObjectStore>(provider =>
            new FaultyObjectStore((IObjectStore)store.ImplementationFactory!(provider), faults));
        var server = new KillServer(collection.BuildServiceProvider());
        foreach (var service in server._services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
