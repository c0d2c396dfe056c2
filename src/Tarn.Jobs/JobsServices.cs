using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tarn.Catalog;
using Tarn.DuckDb;
using Tarn.Jobs.Compaction;
using Tarn.Jobs.Inputs;
using Tarn.Jobs.Runs;
using Tarn.Jobs.Schedules;
using Tarn.Jobs.Specs;
using Tarn.Jobs.Targets;
using Tarn.Primitives.Identity;
using Tarn.Query.Compilation;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Jobs;

/// <summary>Adds jobs to a server.</summary>
public static class JobsServices
{
    /// <summary>
    /// Offers <see cref="IJobs"/> and <see cref="ICompaction"/>, and runs both while the host runs. Needs storage, the
    /// catalog, the query compiler and an <see cref="IDuckDb"/> that may write into the object store's staging
    /// directory.
    /// </summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, JobsOptions options)
    {
        services.AddSingleton<InputGate>();
        services.AddSingleton(provider => Make(provider, options));
        services.AddSingleton<IJobs>(provider => provider.GetRequiredService<EmbeddedJobs>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<EmbeddedJobs>());
        CompactionServices.Add(services, options);
        return services;
    }

    private static EmbeddedJobs Make(IServiceProvider provider, JobsOptions options)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var metadata = provider.GetRequiredService<IMetadataStore>();
        var catalog = provider.GetRequiredService<ICatalog>();
        var loggers = provider.GetRequiredService<ILoggerFactory>();
        var runs = new RunStore(metadata, options);
        var outputs = new RunOutputs(
            provider.GetRequiredService<IObjectStore>(), runs, provider.GetRequiredService<IdSource>());
        var flow = new RunFlow(
            provider.GetRequiredService<IQueryCompiler>(),
            provider.GetRequiredService<IDuckDb>(),
            catalog,
            runs,
            new InputLedger(metadata),
            new TargetTables(catalog),
            outputs,
            new RunCommit(catalog, runs, outputs, time),
            provider.GetRequiredService<InputGate>(),
            time,
            loggers.CreateLogger<RunFlow>());
        var loopLogger = loggers.CreateLogger<JobLoop>();
        return new EmbeddedJobs(metadata, runs, flow, job => new JobLoop(job, flow, runs, time, loopLogger), time);
    }
}
