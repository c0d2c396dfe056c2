using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Tarn.Catalog;
using Tarn.ContinuousQueries;
using Tarn.ContinuousQueries.Details;
using Tarn.Dashboards;
using Tarn.Delivery;
using Tarn.Jobs;
using Tarn.Jobs.Compaction;
using Tarn.Primitives.Identity;
using Tarn.Query.Executions;
using Tarn.Query.Previews;
using Tarn.Query.Statements;
using Tarn.Storage.Access;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Scanning;
using Tarn.Streams;
using Tarn.Streams.Consumers;
using Tarn.Streams.Metrics;

namespace Tarn.Console.Hosting;

/// <summary>
/// Hands the engines on to the web application. They are added as instances, so its container never disposes them.
/// </summary>
internal static class EngineServices
{
    public static void Forward(IServiceProvider engines, IServiceCollection services)
    {
        services.AddSingleton(engines.GetRequiredService<IAccessKeys>());
        services.AddSingleton(engines.GetRequiredService<IUsers>());
        services.AddSingleton(engines.GetRequiredService<IObjectStore>());
        services.AddSingleton(engines.GetRequiredService<IObjectScan>());
        services.AddSingleton(engines.GetRequiredService<IStreams>());
        services.AddSingleton(engines.GetRequiredService<IStreamConsumers>());
        services.AddSingleton(engines.GetRequiredService<IStreamFigures>());
        services.AddSingleton(engines.GetRequiredService<IConsumerLags>());
        services.AddSingleton(engines.GetRequiredService<ICatalog>());
        services.AddSingleton(engines.GetRequiredService<IQueries>());
        services.AddSingleton(engines.GetRequiredService<IObjectPreviews>());
        services.AddSingleton(engines.GetRequiredService<IDeliveryStreams>());
        services.AddSingleton(engines.GetRequiredService<IContinuousQueries>());
        services.AddSingleton(engines.GetRequiredService<IQueryDetails>());
        services.AddSingleton(engines.GetRequiredService<IJobs>());
        services.AddSingleton(engines.GetRequiredService<ICompaction>());
        services.AddSingleton(engines.GetRequiredService<IDashboards>());
        services.AddSingleton(engines.GetRequiredService<LakeIdentity>());
        services.AddSingleton(engines.GetRequiredService<TimeProvider>());
        foreach (var handler in engines.GetServices<IStatementHandler>())
        {
            services.AddSingleton(handler);
        }

        services.Replace(ServiceDescriptor.Singleton(engines.GetRequiredService<ILoggerFactory>()));
    }
}
