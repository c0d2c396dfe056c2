using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Tarn.Catalog.Writers;
using Tarn.ContinuousQueries.Details;
using Tarn.ContinuousQueries.History;
using Tarn.ContinuousQueries.Lookups;
using Tarn.ContinuousQueries.Metrics;
using Tarn.ContinuousQueries.Sinks;
using Tarn.ContinuousQueries.Webhooks;
using Tarn.DuckDb;
using Tarn.Primitives.Identity;
using Tarn.Query.Compilation;
using Tarn.Query.Sources;
using Tarn.Query.Statements;
using Tarn.Streams.Metrics;

namespace Tarn.ContinuousQueries;

/// <summary>Registration of the room.</summary>
public static class ContinuousQueriesServices
{
    /// <summary>
    /// Adds <see cref="IContinuousQueries"/> and <see cref="IQueryDetails"/>, and its views and statements to the query
    /// engine. Needs <c>IMetadataStore</c>, <c>IObjectStore</c>, <c>IStreams</c>, the catalog,
    /// <see cref="TimeProvider"/>, <c>IdSource</c> and logging; for lookup joins <see cref="IQueryCompiler"/> and
    /// <see cref="IDuckDb"/>; without an <see cref="IWebhooks"/> that is added before there are none, and without an
    /// <see cref="IRecordHistory"/> no history beyond the streams.
    /// Statements answer Unavailable until the hosted service has started.
    /// </summary>
    public static IServiceCollection AddContinuousQueries(
        this IServiceCollection services, ContinuousQueriesOptions options)
    {
        services.TryAddSingleton<IWebhooks, NoWebhooks>();
        services.TryAddSingleton<IRecordHistory, NoRecordHistory>();
        return services
            .AddSingleton(options)
            .AddSingleton(provider => new LakeReader(
                new Lazy<IQueryCompiler>(provider.GetRequiredService<IQueryCompiler>),
                new Lazy<IDuckDb>(provider.GetRequiredService<IDuckDb>)))
            .AddSingleton<ISinkTarget, StreamSink>()
            .AddSingleton<ISinkTarget>(provider => new WebhookSink(
                provider.GetRequiredService<IWebhooks>(),
                new RetryPauses(new Random(provider.GetRequiredService<IdSource>().Next().GetHashCode())),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<TableSink>()
            .AddSingleton<ISinkTarget>(provider => provider.GetRequiredService<TableSink>())
            .AddSingleton<IUnfinishedWrites>(provider => provider.GetRequiredService<TableSink>())
            .AddSingleton<ContinuousQueryEngine>()
            .AddSingleton<IContinuousQueries>(provider => provider.GetRequiredService<ContinuousQueryEngine>())
            .AddSingleton<IQueryDetails>(provider =>
                new QueryDetailsReader(provider.GetRequiredService<ContinuousQueryEngine>()))
            .AddSingleton<IConsumerPositions>(provider => provider.GetRequiredService<ContinuousQueryEngine>())
            .AddSingleton<ITableSource>(provider => provider.GetRequiredService<ContinuousQueryEngine>())
            .AddSingleton<IStatementHandler>(provider => provider.GetRequiredService<ContinuousQueryEngine>())
            .AddSingleton<IHostedService>(provider => provider.GetRequiredService<ContinuousQueryEngine>())
            .AddHostedService<QueryInstruments>();
    }
}
