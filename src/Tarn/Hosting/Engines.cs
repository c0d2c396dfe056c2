using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tarn.Aws.Firehose.Outgoing;
using Tarn.Catalog;
using Tarn.Configuration;
using Tarn.ContinuousQueries;
using Tarn.ContinuousQueries.History;
using Tarn.ContinuousQueries.Webhooks;
using Tarn.Dashboards;
using Tarn.Delivery;
using Tarn.DuckDb;
using Tarn.Jobs;
using Tarn.Primitives.Identity;
using Tarn.Projects;
using Tarn.Query;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Remote;
using Tarn.Streams;
using Tarn.Telemetry;
using Tarn.Webhooks;

namespace Tarn.Hosting;

/// <summary>Puts the rooms of the house together. The order is the order in which their loops start.</summary>
internal static class Engines
{
    private static readonly TimeSpan StopTimeMax = TimeSpan.FromSeconds(4);

    public static IHost Build(TarnOptions options, AccessKey rootKey)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeMax);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();

        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(IdSource.System);
        services.AddSingleton(new LakeIdentity { AccountId = options.AccountId, Region = options.Region });

        string Folder(params ReadOnlySpan<string> parts) => Path.Combine([options.DataDirectory, .. parts]);
        var querySpill = Folder("spill", "queries");
        services.AddStorage(new StorageOptions
        {
            DataDirectory = options.DataDirectory,
            RootKey = rootKey,
            Remote = Remote(options),
            LifecycleInterval = TimeSpan.FromMinutes(options.LifecycleIntervalMinutes),
        });
        services.AddStreams(new StreamsOptions { Directory = Folder("streams"), Rates = options.Limits });
        services.AddCatalog();
        services.AddSingleton(provider => new DuckDbOptions
        {
            AllowedDirectories = QueryDirectories(provider.GetRequiredService<IObjectStore>(), querySpill),
            TempDirectory = querySpill,
            MemoryBytesMax = (long)options.MemoryMiB << 20,
            SpillBytesMax = (long)options.SpillMiB << 20,
        });
        services.AddSingleton(provider => DuckDbInstance.Open(provider.GetRequiredService<DuckDbOptions>()));
        services.AddQuery(new QueryOptions { TerabytePriceUsd = options.TerabytePriceUsd });
        services.AddFirehoseOutgoing(new FirehoseOutgoingOptions { Functions = options.Functions });
        services.AddDelivery(new DeliveryOptions());
        services.AddSingleton<IWebhooks>(provider => new HttpWebhooks(
            options.Webhooks, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IRecordHistory, DeliveredHistory>();
        services.AddContinuousQueries(new ContinuousQueriesOptions
        {
            Directory = Folder("views"),
            SpillDirectory = Folder("spill", "views"),
            DuckDbMemoryBytesMax = (long)options.MemoryMiB << 18,
        });
        services.AddJobs(new JobsOptions());
        services.AddDashboards();
        services.AddProjects();
        MetricsExport.Add(services, options);
        return builder.Build();
    }

    private static RemoteStorageOptions? Remote(TarnOptions options) => options.Storage is null
        ? null
        : new RemoteStorageOptions
        {
            Location = options.Storage,
            AccessKeyId = options.StorageAccessKeyId,
            Secret = options.StorageSecretAccessKey,
            CacheBytesMax = (long)options.StorageCacheMiB << 20,
        };

    private static IReadOnlyList<string> QueryDirectories(IObjectStore objects, string spill) =>
        [.. objects.LocalDirectories, objects.StagingDirectory, spill];
}
