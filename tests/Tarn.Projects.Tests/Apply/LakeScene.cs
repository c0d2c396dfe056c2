using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tarn.Catalog;
using Tarn.ContinuousQueries;
using Tarn.Dashboards;
using Tarn.Delivery;
using Tarn.DuckDb;
using Tarn.Jobs;
using Tarn.Primitives.Identity;
using Tarn.Projects.Apply;
using Tarn.Projects.Lake;
using Tarn.Projects.Tests.Lake;
using Tarn.Query;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Streams;
using Tarn.Testing;

namespace Tarn.Projects.Tests.Apply;

/// <summary>The engines as the server has them, over a directory of their own, and a project's folder.</summary>
#pragma warning disable CA1001 // xunit calls IAsyncLifetime.DisposeAsync
public sealed class LakeScene : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly TempDirectory data = new();
    private ServiceProvider engines = null!;

    internal ProjectFolder Folder { get; } = new();

    internal ILakeProjects Projects => Engine<ILakeProjects>();

    public async Task InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(IdSource.System);
        services.AddSingleton(new LakeIdentity());
        services.AddStorage(new StorageOptions
        {
            DataDirectory = data.Path, RootKey = new AccessKey("AKIATESTTESTTEST", "a secret", "root"),
        });
        services.AddStreams(new StreamsOptions { Directory = Below("streams") });
        services.AddCatalog();
        services.AddDuckDb(new DuckDbOptions
        {
            AllowedDirectories = [Below("objects"), Below("staging")],
            TempDirectory = Below("duckdb"),
        });
        services.AddQuery(new QueryOptions());
        services.AddDelivery(new DeliveryOptions());
        services.AddContinuousQueries(new ContinuousQueriesOptions
        {
            Directory = Below("views"), SpillDirectory = Below("view-spill"),
        });
        services.AddJobs(new JobsOptions());
        services.AddDashboards();
        services.AddProjects();
        engines = services.BuildServiceProvider();
        foreach (var service in engines.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var service in engines.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(default);
        }

        await engines.DisposeAsync();
        Folder.Dispose();
        data.Dispose();
    }

    internal T Engine<T>()
        where T : notnull => engines.GetRequiredService<T>();

    internal Task<IReadOnlyList<PlannedChange>> ApplyAsync() => Projects.ApplyAsync(Folder.Read(), default);

    internal static LakeProject Example(string name) =>
        LakeProjectReader.Read(Path.Combine(AppContext.BaseDirectory, "examples", name));

    private string Below(string folder) => Path.Combine(data.Path, folder);
}
