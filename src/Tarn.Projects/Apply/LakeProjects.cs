using System.Text.Json;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries;
using Tarn.Dashboards;
using Tarn.Delivery;
using Tarn.Jobs;
using Tarn.Jobs.Compaction;
using Tarn.Primitives.Errors;
using Tarn.Projects.Lake;
using Tarn.Query.Workgroups;
using Tarn.Storage.Objects;
using Tarn.Streams;

namespace Tarn.Projects.Apply;

/// <summary>
/// One pass per kind, in the order of their needs: buckets, streams, databases and tables, workgroups, deliveries,
/// statements, jobs, dashboards. Each step compares before it writes, so a pass that was cut off is simply run
/// again.
/// </summary>
internal sealed class LakeProjects(
    IObjectStore objects,
    IStreams streams,
    ICatalog catalog,
    IWorkgroups workgroups,
    IDeliveryStreams deliveries,
    IContinuousQueries continuousQueries,
    IJobs jobs,
    IDashboards dashboards) : ILakeProjects
{
    private const string StatementDatabase = "default";

    public Task<IReadOnlyList<PlannedChange>> PlanAsync(LakeProject project, CancellationToken cancellation) =>
        RunAsync(project, write: false, cancellation);

    public Task<IReadOnlyList<PlannedChange>> ApplyAsync(LakeProject project, CancellationToken cancellation) =>
        RunAsync(project, write: true, cancellation);

    private async Task<IReadOnlyList<PlannedChange>> RunAsync(
        LakeProject project, bool write, CancellationToken cancellation)
    {
        var steps = Steps(project, cancellation);
        var changes = new List<PlannedChange>();
        foreach (var (kind, name, compare, put) in steps)
        {
            var action = await compare();
            if (write && action != ChangeAction.Keep)
            {
                await put();
            }

            changes.Add(new PlannedChange(kind, name, action));
        }

        if (write)
        {
            await RunStatementsAsync(project, cancellation);
        }

        return changes;
    }

    private IEnumerable<(string Kind, string Name, Func<Task<ChangeAction>> Compare, Func<Task> Put)> Steps(
        LakeProject project, CancellationToken cancellation)
    {
        foreach (var bucket in project.Buckets)
        {
            yield return ("bucket", bucket,
                async () => Exists(await objects.FindBucketAsync(bucket, cancellation)),
                () => objects.CreateBucketAsync(bucket, cancellation));
        }

        foreach (var stream in project.Streams)
        {
            yield return ("stream", stream.Name,
                () => Task.FromResult(Compare(stream)),
                () => PutAsync(stream, cancellation));
        }

        foreach (var database in project.Tables.Select(table => table.Name.Database).Distinct())
        {
            yield return ("database", database,
                async () => Exists(await catalog.FindDatabaseAsync(database, cancellation)),
                () => catalog.CreateDatabaseAsync(new Database { Name = database }, cancellation));
        }

        foreach (var table in project.Tables)
        {
            yield return ("table", table.Name.ToString(),
                async () => Differs(await catalog.FindTableAsync(table.Name, cancellation), Declared, table),
                () => PutAsync(table, cancellation));
        }

        foreach (var workgroup in project.Workgroups)
        {
            yield return ("workgroup", workgroup.Name,
                async () => Differs(
                    await workgroups.FindAsync(workgroup.Name, cancellation),
                    found => found with { CreatedAt = null },
                    workgroup),
                () => workgroups.PutAsync(workgroup, cancellation));
        }

        foreach (var delivery in project.Deliveries)
        {
            yield return ("delivery", delivery.Name,
                async () => Differs(
                    (await deliveries.FindAsync(delivery.Name, cancellation))?.Spec, found => found, delivery),
                () => deliveries.PutAsync(delivery, cancellation));
        }

        foreach (var job in project.Jobs)
        {
            yield return ("job", job.Name,
                async () => Differs((await jobs.FindAsync(job.Name, cancellation))?.Spec, found => found, job),
                () => jobs.PutAsync(job, cancellation));
        }

        foreach (var dashboard in project.Dashboards)
        {
            yield return ("dashboard", dashboard.Name,
                async () => Differs(
                    await dashboards.FindAsync(dashboard.Name, cancellation), found => found, dashboard),
                () => dashboards.PutAsync(dashboard, cancellation));
        }
    }

    private async Task RunStatementsAsync(LakeProject project, CancellationToken cancellation)
    {
        foreach (var statement in project.Statements)
        {
            try
            {
                await continuousQueries.ExecuteAsync(statement.Sql, StatementDatabase, cancellation);
            }
            catch (TarnException error)
            {
                throw new TarnException(
                    error.Kind, $"{statement.File}:{statement.Line}: {error.Message}", error.Detail, error.Hint, error);
            }
        }
    }

    private ChangeAction Compare(StreamSpec wanted)
    {
        if (streams.Find(wanted.Name) is not { } found)
        {
            return ChangeAction.Create;
        }

        return Declared(wanted)(found.Spec) == found.Spec ? ChangeAction.Keep : ChangeAction.Update;
    }

    private Task<StreamDescription> PutAsync(StreamSpec wanted, CancellationToken cancellation) =>
        streams.Find(wanted.Name) is null
            ? streams.CreateAsync(wanted, cancellation)
            : streams.ScaleAsync(wanted.Name, Declared(wanted), cancellation);

    /// <summary>
    /// What files say about a stream over what it has besides: shard metrics, tags where the files name none, and the
    /// shards of a stream on demand.
    /// </summary>
    private static Func<StreamSpec, StreamSpec> Declared(StreamSpec wanted) => found => wanted with
    {
        EnhancedMetrics = found.EnhancedMetrics,
        ShardCount = wanted.OnDemand ? found.ShardCount : wanted.ShardCount,
        Tags = wanted.Tags.IsEmpty || wanted.Tags.SequenceEqual(found.Tags) ? found.Tags : wanted.Tags,
    };

    private async Task PutAsync(Table wanted, CancellationToken cancellation)
    {
        if (await catalog.FindTableAsync(wanted.Name, cancellation) is { } found)
        {
            // Properties that files cannot declare stay.
            var properties = found.Parameters.Where(property => !CompactionSettings.IsOne(property.Key))
                .Concat(wanted.Parameters);
            await catalog.UpdateTableAsync(
                wanted with { Version = found.Version, Parameters = new Dictionary<string, string>(properties) },
                cancellation);
        }
        else
        {
            await catalog.CreateTableAsync(wanted, cancellation);
        }
    }

    /// <summary>The part of a table that files declare; times and version are the catalog's.</summary>
    private static Table Declared(Table found) =>
        found with
        {
            CreatedAt = default,
            UpdatedAt = default,
            Version = 0,
            Parameters = Declared(found.Parameters),
        };

    private static SortedDictionary<string, string> Declared(IReadOnlyDictionary<string, string> properties) =>
        new SortedDictionary<string, string>(
            properties.Where(property => CompactionSettings.IsOne(property.Key)).ToDictionary(),
            StringComparer.Ordinal);

    private static ChangeAction Exists(object? found) => found is null ? ChangeAction.Create : ChangeAction.Keep;

    /// <summary>Compares as JSON: records with lists compare by reference, their JSON by content.</summary>
    private static ChangeAction Differs<T>(T? found, Func<T, T> declared, T wanted)
        where T : class =>
        found is null ? ChangeAction.Create
        : JsonSerializer.Serialize(declared(found)) == JsonSerializer.Serialize(wanted) ? ChangeAction.Keep
        : ChangeAction.Update;
}
