using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tarn.Catalog;
using Tarn.Catalog.Exclusions;
using Tarn.Catalog.Tables;
using Tarn.Catalog.Writers;
using Tarn.DuckDb;
using Tarn.Jobs.Compaction.Candidates;
using Tarn.Jobs.Compaction.Merging;
using Tarn.Jobs.Compaction.Plans;
using Tarn.Jobs.Inputs;
using Tarn.Jobs.Runs;
using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Compaction;

/// <summary>Adds compaction to the jobs of a server.</summary>
internal static class CompactionServices
{
    public static void Add(IServiceCollection services, JobsOptions options)
    {
        services.AddSingleton<ITableRule, CompactionRule>();
        services.AddSingleton<CompactionInstruments>();
        services.AddSingleton(OpenDuckDb);
        services.AddSingleton(provider => Make(provider, options));
        services.AddSingleton<ICompaction>(provider => provider.GetRequiredService<EmbeddedCompaction>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<EmbeddedCompaction>());

        // One thread of its own: queries keep theirs.
        CompactionDuckDb OpenDuckDb(IServiceProvider provider)
        {
            var store = provider.GetRequiredService<IObjectStore>();
            return new CompactionDuckDb(DuckDbInstance.Open(new DuckDbOptions
            {
                AllowedDirectories = [.. store.LocalDirectories, store.StagingDirectory],
                TempDirectory = Path.Combine(store.StagingDirectory, "compaction-spill"),
                MemoryBytesMax = options.Compaction.DuckDbMemoryBytesMax,
                Threads = 1,
            }));
        }
    }

    private static EmbeddedCompaction Make(IServiceProvider provider, JobsOptions jobs)
    {
        var options = jobs.Compaction;
        var time = provider.GetRequiredService<TimeProvider>();
        var metadata = provider.GetRequiredService<IMetadataStore>();
        var store = provider.GetRequiredService<IObjectStore>();
        var catalog = provider.GetRequiredService<ICatalog>();
        var exclusions = provider.GetRequiredService<IObjectExclusions>();
        var loggers = provider.GetRequiredService<ILoggerFactory>();
        var instruments = provider.GetRequiredService<CompactionInstruments>();
        var duckDb = provider.GetRequiredService<CompactionDuckDb>().DuckDb;
        var (leftAlone, board) = (new LeftAlone(), new CompactionBoard());
        var plans = new PlanStore(metadata, exclusions);
        var use = new InputUse(metadata, new RunStore(metadata, jobs));
        var shapes = new ParquetShapes(duckDb, store);
        var finder = new CandidateFinder(
            store, exclusions, provider.GetServices<IUnfinishedWrites>(), plans, use, shapes, leftAlone, time);
        var merges = new Dictionary<MergeFormat, IObjectMerge>
        {
            [MergeFormat.Json] = new TextMerge(store, new MergePace(options.WorkShare, time)),
            [MergeFormat.Parquet] = new ParquetMerge(duckDb, store, shapes),
        };
        var flow = new CompactionFlow(
            store,
            plans,
            new PlanCommit(store, metadata, plans, use, time),
            use,
            merges,
            leftAlone,
            board,
            instruments,
            provider.GetRequiredService<IdSource>(),
            time,
            loggers.CreateLogger<CompactionFlow>());
        var look = new CompactionLook(
            catalog, plans, finder, flow, board, instruments, options, time, loggers.CreateLogger<CompactionLook>());
        return new EmbeddedCompaction(
            catalog,
            plans,
            look,
            board,
            leftAlone,
            provider.GetRequiredService<InputGate>(),
            options,
            time,
            loggers.CreateLogger<EmbeddedCompaction>());
    }

    /// <summary>Told apart from the instance that queries share.</summary>
    private sealed record CompactionDuckDb(IDuckDb DuckDb) : IDisposable
    {
        public void Dispose() => DuckDb.Dispose();
    }
}
