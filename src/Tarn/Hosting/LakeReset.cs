using Microsoft.Extensions.DependencyInjection;
using Tarn.Catalog;
using Tarn.ContinuousQueries;
using Tarn.Dashboards;
using Tarn.Delivery;
using Tarn.Jobs;
using Tarn.Jobs.Compaction;
using Tarn.Query.Executions;
using Tarn.Query.NamedQueries;
using Tarn.Query.Prepared;
using Tarn.Query.Workgroups;
using Tarn.Storage.Access;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Objects.Versions;
using Tarn.Streams;

namespace Tarn.Hosting;

/// <summary>
/// What <c>POST /_tarn/reset</c> of an ephemeral server does: empties the lake, readers before what they read. Each
/// room deletes its own resources; the server goes on.
/// </summary>
internal sealed class LakeReset(IServiceProvider engines)
{
    private const string DefaultDatabase = "default";
    private const string DefaultWorkgroup = "primary";

    public async Task RunAsync(CancellationToken cancellation)
    {
        await DropAsync("ALERT", cancellation);
        await DropAsync("SINK", cancellation);
        await DropViewsAndSourcesAsync(cancellation);

        var deliveries = engines.GetRequiredService<IDeliveryStreams>();
        foreach (var delivery in await deliveries.ListAsync(cancellation))
        {
            await deliveries.DeleteAsync(delivery.Spec.Name, cancellation);
        }

        var jobs = engines.GetRequiredService<IJobs>();
        foreach (var job in await jobs.ListAsync(cancellation))
        {
            await jobs.DeleteAsync(job.Spec.Name, cancellation);
        }

        var dashboards = engines.GetRequiredService<IDashboards>();
        foreach (var dashboard in await dashboards.ListAsync(cancellation))
        {
            await dashboards.DeleteAsync(dashboard.Name, cancellation);
        }

        var streams = engines.GetRequiredService<IStreams>();
        foreach (var stream in streams.List())
        {
            await streams.DeleteAsync(stream.Name, cancellation);
        }

        await engines.GetRequiredService<IQueries>().ClearAsync(workgroup: null, cancellation);
        await ResetWorkgroupsAsync(cancellation);
        await EmptyCatalogAsync(cancellation);
        await engines.GetRequiredService<ICompaction>().ClearAsync(cancellation);
        await EmptyObjectsAsync(cancellation);
        await engines.GetRequiredService<IEventOutbox>().ClearAsync();

        var users = engines.GetRequiredService<IUsers>();
        foreach (var user in users.List())
        {
            await users.DeleteAsync(user.Name, cancellation);
        }
    }

    private async Task DropViewsAndSourcesAsync(CancellationToken cancellation)
    {
        var continuousQueries = engines.GetRequiredService<IContinuousQueries>();
        foreach (var view in continuousQueries.List())
        {
            await continuousQueries.ExecuteAsync(
                $"DROP MATERIALIZED VIEW \"{view.Name}\"", DefaultDatabase, cancellation);
        }

        await DropAsync("SOURCE", cancellation);
    }

    /// <summary>Drops all that SHOW lists of a kind.</summary>
    private async Task DropAsync(string kind, CancellationToken cancellation)
    {
        var continuousQueries = engines.GetRequiredService<IContinuousQueries>();
        var all = await continuousQueries.ExecuteAsync($"SHOW {kind}S", DefaultDatabase, cancellation);
        foreach (var line in all.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            await continuousQueries.ExecuteAsync(
                $"DROP {kind} \"{line.Split('\t')[0]}\"", DefaultDatabase, cancellation);
        }
    }

    private async Task ResetWorkgroupsAsync(CancellationToken cancellation)
    {
        var workgroups = engines.GetRequiredService<IWorkgroups>();
        var removal = engines.GetRequiredService<IWorkgroupRemoval>();
        foreach (var workgroup in await workgroups.ListAsync(cancellation))
        {
            if (workgroup.Name != DefaultWorkgroup)
            {
                await removal.RemoveAsync(workgroup.Name, isRecursive: true, cancellation);
            }
        }

        foreach (var query in await engines.GetRequiredService<INamedQueries>().ListAsync(
            DefaultWorkgroup, cancellation))
        {
            await engines.GetRequiredService<INamedQueries>().DeleteAsync(query.Id, cancellation);
        }

        await engines.GetRequiredService<IPreparedStatements>().ClearAsync(DefaultWorkgroup, cancellation);
        await workgroups.SetTagsAsync(DefaultWorkgroup, tags => tags.Clear(), cancellation);

        await workgroups.PutAsync(new Workgroup { Name = DefaultWorkgroup }, cancellation);
    }

    private async Task EmptyCatalogAsync(CancellationToken cancellation)
    {
        var catalog = engines.GetRequiredService<ICatalog>();
        foreach (var database in await catalog.ListDatabasesAsync(cancellation))
        {
            if (database.Name != DefaultDatabase)
            {
                await catalog.DeleteDatabaseAsync(database.Name, cancellation);
            }
        }

        foreach (var table in await catalog.ListTablesAsync(DefaultDatabase, cancellation))
        {
            await catalog.DeleteTableAsync(table.Name, cancellation);
        }
    }

    private async Task EmptyObjectsAsync(CancellationToken cancellation)
    {
        var objects = engines.GetRequiredService<IObjectStore>();
        var versions = engines.GetRequiredService<IObjectVersions>();
        foreach (var bucket in await objects.ListBucketsAsync(cancellation))
        {
            for (var page = await objects.ListAsync(bucket.Name, new ObjectListing(), cancellation);
                page.Objects.Count > 0;
                page = await objects.ListAsync(bucket.Name, new ObjectListing(), cancellation))
            {
                foreach (var found in page.Objects)
                {
                    await objects.DeleteAsync(found.Key, cancellation);
                }
            }

            if (await versions.FindVersioningAsync(bucket.Name, cancellation) != BucketVersioning.Unversioned)
            {
                await EmptyVersionsAsync(versions, bucket.Name, cancellation);
            }

            await objects.DeleteBucketAsync(bucket.Name, cancellation);
        }
    }

    private static async Task EmptyVersionsAsync(
        IObjectVersions versions, string bucket, CancellationToken cancellation)
    {
        for (var page = await versions.ListAsync(bucket, new ObjectListing(), null, cancellation);
            page.Versions.Count > 0;
            page = await versions.ListAsync(bucket, new ObjectListing(), null, cancellation))
        {
            // Oldest first, so that none becomes current in between.
            foreach (var version in page.Versions.Reverse())
            {
                await versions.DeleteAsync(version.Key, version.VersionId, cancellation);
            }
        }
    }
}
