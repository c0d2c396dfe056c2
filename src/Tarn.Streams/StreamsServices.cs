using Microsoft.Extensions.DependencyInjection;
using Tarn.Primitives.Identity;
using Tarn.Streams.Consumers;
using Tarn.Streams.Faults;
using Tarn.Streams.Hosting;
using Tarn.Streams.Metrics;
using Tarn.Streams.Resharding;
using Tarn.Streams.Segments;

namespace Tarn.Streams;

/// <summary>Registration of the room.</summary>
public static class StreamsServices
{
    /// <summary>
    /// Adds <see cref="IStreams"/> and <see cref="IStreamConsumers"/>. Needs <c>IMetadataStore</c>,
    /// <see cref="TimeProvider"/>, <c>IdSource</c> and logging. Streams answer Unavailable until the
    /// hosted service has started.
    /// </summary>
    public static IServiceCollection AddStreams(this IServiceCollection services, StreamsOptions options) => services
        .AddSingleton(options)
        .AddSingleton<ISegmentDisk, LocalSegmentDisk>()
        .AddSingleton<DamageReports>()
        .AddSingleton<StreamMeters>()
        .AddSingleton<StreamFolders>()
        .AddSingleton<StreamRegistry>()
        .AddSingleton<StreamUpkeep>()
        .AddSingleton(FaultsOf)
        .AddSingleton<EmbeddedStreams>()
        .AddSingleton<IStreams>(provider => provider.GetRequiredService<EmbeddedStreams>())
        .AddSingleton<ISharedReads, SharedReads>()
        .AddSingleton<StreamConsumers>()
        .AddSingleton<IStreamConsumers>(provider => provider.GetRequiredService<StreamConsumers>())
        .AddSingleton<IConsumerPositions>(provider => provider.GetRequiredService<StreamConsumers>())
        .AddSingleton<IStreamFigures, EmbeddedStreamFigures>()
        .AddSingleton<IConsumerLags, ConsumerLags>()
        .AddHostedService<StreamsLifetime>();

    private static InjectedFaults FaultsOf(IServiceProvider provider) => new(
        new Random(provider.GetRequiredService<IdSource>().Next().GetHashCode()),
        provider.GetRequiredService<TimeProvider>());
}
