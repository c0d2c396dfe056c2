using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Catalog.Writers;
using Tarn.Delivery.Batches;
using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Conversion;
using Tarn.Delivery.Endpoints;
using Tarn.Delivery.History;
using Tarn.Delivery.Hybrid;
using Tarn.Delivery.Lanes;
using Tarn.Delivery.Notifications;
using Tarn.Delivery.Shards;
using Tarn.Delivery.Specs;
using Tarn.Primitives.Identity;
using Tarn.Query.Sources;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Notifications;
using Tarn.Streams;
using Tarn.Streams.Metrics;

namespace Tarn.Delivery;

/// <summary>Adds delivery streams to a server.</summary>
public static class DeliveryServices
{
    /// <summary>
    /// Offers <see cref="IDeliveryStreams"/> and runs them while the host runs, and so the relay that sends events of
    /// objects to their streams. Functions and endpoints are refused unless <see cref="IRecordFunctions"/> and
    /// <see cref="IRecordEndpoint"/> are there already.
    /// </summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, DeliveryOptions options)
    {
        services.TryAddSingleton<IRecordFunctions, NoEndpoints>();
        services.TryAddSingleton<IRecordEndpoint, NoEndpoints>();
        services.AddSingleton<IRecordConversions>(
            provider => new ParquetConversions(provider.GetRequiredService<IObjectStore>(), options));
        services.AddSingleton<DeliveryInstruments>();
        services.AddSingleton<CommitTurns>();
        services.AddSingleton<ITableRule, HybridRule>();
        services.AddSingleton<IHybridTables>(provider => MakeHybrid(provider, options));
        services.AddSingleton<IDeliveredRecords>(MakeHistory);
        services.AddSingleton(provider => Make(provider, options));
        services.AddSingleton<IDeliveryStreams>(provider => provider.GetRequiredService<DeliveryStreams>());
        services.AddSingleton<IConsumerPositions>(provider => provider.GetRequiredService<DeliveryStreams>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<DeliveryStreams>());
        services.AddSingleton<IUnfinishedWrites>(provider => new UnfinishedOutputs(new CheckpointStore(
            provider.GetRequiredService<IMetadataStore>(),
            provider.GetRequiredService<ICatalog>(),
            provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton<IHostedService>(provider => MakeRelay(provider, options));
        return services;
    }

    private static NotificationRelay MakeRelay(IServiceProvider provider, DeliveryOptions options) => new(
        provider.GetRequiredService<IEventOutbox>(),
        provider.GetRequiredService<IStreams>(),
        provider.GetRequiredService<LakeIdentity>(),
        options,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILoggerFactory>().CreateLogger<NotificationRelay>());

    private static StoredRecords MakeHistory(IServiceProvider provider)
    {
        var metadata = provider.GetRequiredService<IMetadataStore>();
        var checkpoints = new CheckpointStore(
            metadata, provider.GetRequiredService<ICatalog>(), provider.GetRequiredService<TimeProvider>());
        return new StoredRecords(
            new DeliveryResources(metadata, checkpoints), checkpoints, provider.GetRequiredService<IObjectStore>(),
            provider.GetRequiredService<IStreams>());
    }

    private static HybridTables MakeHybrid(IServiceProvider provider, DeliveryOptions options)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var metadata = provider.GetRequiredService<IMetadataStore>();
        var checkpoints = new CheckpointStore(metadata, provider.GetRequiredService<ICatalog>(), time);
        var staging = new Staging(
            provider.GetRequiredService<IObjectStore>(), provider.GetRequiredService<IdSource>());
        var tails = new TailStaging(
            checkpoints,
            MakeBatches(provider, staging, options),
            staging,
            provider.GetRequiredService<IStreams>(),
            options,
            time);
        return new HybridTables(
            new DeliveryResources(metadata, checkpoints), provider.GetRequiredService<CommitTurns>(), tails);
    }

    private static BatchMaker MakeBatches(IServiceProvider provider, Staging staging, DeliveryOptions options) => new(
        provider.GetRequiredService<ICatalog>(),
        staging,
        provider.GetRequiredService<IRecordFunctions>(),
        provider.GetRequiredService<IRecordEndpoint>(),
        provider.GetRequiredService<IRecordConversions>(),
        provider.GetRequiredService<LakeIdentity>(),
        options,
        provider.GetRequiredService<TimeProvider>());

    private static DeliveryStreams Make(IServiceProvider provider, DeliveryOptions options)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var streams = provider.GetRequiredService<IStreams>();
        var store = provider.GetRequiredService<IObjectStore>();
        var catalog = provider.GetRequiredService<ICatalog>();
        var metadata = provider.GetRequiredService<IMetadataStore>();
        var loggers = provider.GetRequiredService<ILoggerFactory>();
        var functions = provider.GetRequiredService<IRecordFunctions>();
        var conversions = provider.GetRequiredService<IRecordConversions>();

        var checkpoints = new CheckpointStore(metadata, catalog, time);
        var staging = new Staging(store, provider.GetRequiredService<IdSource>());
        var maker = MakeBatches(provider, staging, options);
        var carrier = new PlanCarrier(
            checkpoints,
            staging,
            new Restaging(maker, streams, options),
            provider.GetRequiredService<CommitTurns>(),
            time,
            loggers.CreateLogger<PlanCarrier>());
        var loopLogger = loggers.CreateLogger<ShardLoop>();

        var instruments = provider.GetRequiredService<DeliveryInstruments>();

        ShardLoop MakeLoop(DeliveryLane lane, string streamId, string shardId) => new(
            lane,
            streamId,
            shardId,
            streams,
            catalog,
            checkpoints,
            carrier,
            maker,
            instruments,
            options,
            time,
            loopLogger);

        StreamFollower MakeFollower(DeliveryLane lane) => new(lane, streams, MakeLoop, options, time);

        return new DeliveryStreams(
            new DeliveryResources(metadata, checkpoints),
            new SpecRules(streams, catalog, functions, conversions, time),
            new DirectPutLog(streams),
            store,
            catalog,
            streams,
            checkpoints,
            MakeFollower,
            time);
    }
}
