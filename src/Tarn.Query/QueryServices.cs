using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tarn.Catalog.Writers;
using Tarn.Query.Binding;
using Tarn.Query.Compilation;
using Tarn.Query.Estimates;
using Tarn.Query.Executions;
using Tarn.Query.NamedQueries;
using Tarn.Query.Prepared;
using Tarn.Query.Previews;
using Tarn.Query.Results;
using Tarn.Query.Sources;
using Tarn.Query.Statements;
using Tarn.Query.Workgroups;
using Tarn.Query.Writing.Avro;
using Tarn.Query.Writing.Commits;
using Tarn.Query.Writing.Files;
using Tarn.Query.Writing.Targets;

namespace Tarn.Query;

/// <summary>
/// Registers queries. Needs storage, the catalog, <c>IDuckDb</c> and its options, TimeProvider, IdSource and logging.
/// </summary>
public static class QueryServices
{
    /// <summary>
    /// Adds <see cref="IQueryCompiler"/>, <see cref="IQueries"/>, <see cref="IWorkgroups"/>,
    /// <see cref="IWorkgroupRemoval"/>, <see cref="INamedQueries"/>, <see cref="IPreparedStatements"/> and
    /// <see cref="IObjectPreviews"/>. Table sources and statement handlers that other rooms register are taken as they
    /// are asked for the first time.
    /// </summary>
    public static IServiceCollection AddQuery(this IServiceCollection services, QueryOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<InformationSchema>();
        services.AddSingleton<ILiveTables, LiveTables>();
        services.AddSingleton<TableResolver>();
        services.AddSingleton<PartitionConditions>();
        services.AddSingleton<TablePartitions>();
        services.AddSingleton<TableFiles>();
        services.AddSingleton<ParquetFooters>();
        services.AddSingleton<ScanFiles>();
        services.AddSingleton<ScanPlanner>();
        services.AddSingleton<QueryCompiler>();
        services.AddSingleton<IQueryCompiler>(provider => provider.GetRequiredService<QueryCompiler>());
        services.AddSingleton<IWorkgroups, WorkgroupStore>();
        services.AddSingleton<ExecutionStore>();
        services.AddSingleton<ResultFiles>();
        StatementServices(services);
        WritingServices(services);
        services.AddSingleton<ExplainRuns>();
        services.AddSingleton<PreparedNames>();
        services.AddSingleton<WriteRuns>();
        services.AddSingleton<ParsedStatements>();
        services.AddSingleton<ExecutionRunner>();
        services.AddSingleton<ResultPlaces>();
        services.AddSingleton<ScanLedger>();
        services.AddSingleton<WorkgroupEngines>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<WorkgroupEngines>());
        services.AddSingleton(new FairQueue(Math.Max(1, options.RunningMax), options.WaitingMax));
        services.AddSingleton<ExecutionLife>();
        services.AddSingleton<INamedQueries, NamedQueryStore>();
        services.AddSingleton<IPreparedStatements, PreparedStatementStore>();
        services.AddSingleton<IWorkgroupRemoval, WorkgroupRemoval>();
        services.AddSingleton<QueryExecutions>();
        services.AddSingleton<IObjectPreviews, ObjectPreviews>();
        services.AddSingleton<IQueries>(provider => provider.GetRequiredService<QueryExecutions>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<QueryExecutions>());
        return services;
    }

    private static void StatementServices(IServiceCollection services) => services
        .AddSingleton<CatalogStatements>()
        .AddSingleton<DatabaseStatements>()
        .AddSingleton<ListStatements>()
        .AddSingleton<PartitionStatements>()
        .AddSingleton<RepairStatement>()
        .AddSingleton<ShowStatements>()
        .AddSingleton<TableLookup>()
        .AddSingleton<TableStatements>()
        .AddSingleton<ViewStatements>();

    private static void WritingServices(IServiceCollection services) => services
        .AddSingleton<AvroFiles>()
        .AddSingleton<EmptyFolder>()
        .AddSingleton<FileWriter>()
        .AddSingleton<RowInsertion>()
        .AddSingleton<TableCreation>()
        .AddSingleton<Unloading>()
        .AddSingleton<WriteFlow>()
        .AddSingleton<WriteRecovery>()
        .AddSingleton<WriteStatements>()
        .AddSingleton<WriteStore>()
        .AddSingleton<IUnfinishedWrites>(provider => provider.GetRequiredService<WriteStore>());
}
