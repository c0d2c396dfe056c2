using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tarn.Catalog;
using Tarn.ContinuousQueries;
using Tarn.Delivery;
using Tarn.DuckDb;
using Tarn.Primitives.Identity;
using Tarn.Query;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Streams;

namespace Tarn.Benchmarks.Lakes;

/// <summary>All engines with their default settings on a directory of their own, without front doors.</summary>
internal sealed class BenchmarkLake : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private BenchmarkLake(ServiceProvider services) => _services = services;

    /// <summary>Of this benchmark's own lakes only.</summary>
    public static AccessKey Key { get; } = new("AKIABENCHMARKBENCHMA", "a-secret-of-the-benchmarks", "root");

    public IServiceProvider Services => _services;

    public static Task<BenchmarkLake> OpenAsync(string directory) => OpenAsync(directory, views => views);

    /// <param name="configure">Changes the settings of continuous queries.</param>
    public static async Task<BenchmarkLake> OpenAsync(
        string directory, Func<ContinuousQueriesOptions, ContinuousQueriesOptions> configure)
    {
        var spill = Path.Combine(directory, "spill");
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(IdSource.System)
            .AddSingleton(new LakeIdentity())
            .AddStorage(new StorageOptions { DataDirectory = directory, RootKey = Key })
            .AddStreams(new StreamsOptions { Directory = Path.Combine(directory, "streams") })
            .AddCatalog()
            .AddDuckDb(new DuckDbOptions
            {
                AllowedDirectories =
                    [Path.Combine(directory, "objects"), Path.Combine(directory, "staging"), spill],
                TempDirectory = Path.Combine(spill, "duckdb"),
            })
            .AddQuery(new QueryOptions())
            .AddDelivery(new DeliveryOptions())
            .AddContinuousQueries(configure(new ContinuousQueriesOptions
            {
                Directory = Path.Combine(directory, "views"),
                SpillDirectory = Path.Combine(spill, "views"),
            }))
            .BuildServiceProvider();
        foreach (var hosted in services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }

        return new BenchmarkLake(services);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in _services.GetServices<IHostedService>().Reverse())
        {
            await hosted.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
