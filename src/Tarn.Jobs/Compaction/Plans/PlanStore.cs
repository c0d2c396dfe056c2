using System.Text.Json;
using Tarn.Catalog.Exclusions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Compaction.Plans;

/// <summary>
/// Reads and writes plans, each together with its exclusion in one transaction. Thread-safe; plans have one writer, the
/// compaction.
/// </summary>
internal sealed class PlanStore(IMetadataStore metadata, IObjectExclusions exclusions)
{
    /// <summary>All plans, of every table.</summary>
    public async Task<IReadOnlyList<StoredPlan>> ListAsync(CancellationToken cancellation)
    {
        var found = await metadata.ListAsync(CompactionPlan.Kind, "", null, int.MaxValue, cancellation)
            .ConfigureAwait(false);
        return [.. found.Select(Read)];
    }

    /// <summary>Step 1: the plan is stored, and its object counts for nothing.</summary>
    public async Task<StoredPlan> CreateAsync(
        TableName table, string id, CompactionPlan plan, CancellationToken cancellation)
    {
        await metadata.ApplyAsync(
            [
                MetadataChange.Create(CompactionPlan.Kind, CompactionPlan.NameOf(table, id), Write(plan)),
                exclusions.Plan(new Exclusion(id, plan.Folder, [NewObject(plan)])),
            ],
            cancellation).ConfigureAwait(false);
        return new StoredPlan(table, id, plan, Version: 1);
    }

    /// <summary>
    /// Step 3: the new object counts and the sources do not, all at once with the further changes. Conflict when one of
    /// these does not fit.
    /// </summary>
    public async Task<StoredPlan> SwitchAsync(
        StoredPlan stored, DateTimeOffset removeAt, IEnumerable<MetadataChange> further, CancellationToken cancellation)
    {
        var plan = stored.Plan with { State = PlanState.Switched, RemoveAt = removeAt };
        var sources = plan.Sources.Select(source => new ExcludedObject(NameIn(plan, source.Key), source.Etag));
        await metadata.ApplyAsync(
            [Put(stored, plan), exclusions.Plan(new Exclusion(stored.Id, plan.Folder, [.. sources])), .. further],
            cancellation).ConfigureAwait(false);
        return stored with { Plan = plan, Version = stored.Version + 1 };
    }

    /// <summary>Instead of step 3. The exclusion stays: readers may have listed the new object.</summary>
    public async Task<StoredPlan> AbortAsync(
        StoredPlan stored, DateTimeOffset removeAt, CancellationToken cancellation)
    {
        var plan = stored.Plan with { State = PlanState.Aborted, RemoveAt = removeAt };
        await metadata.ApplyAsync([Put(stored, plan)], cancellation).ConfigureAwait(false);
        return stored with { Plan = plan, Version = stored.Version + 1 };
    }

    /// <summary>Step 5: nothing of the plan is left.</summary>
    public Task EndAsync(StoredPlan stored, IEnumerable<MetadataChange> further, CancellationToken cancellation) =>
        metadata.ApplyAsync(
            [
                MetadataChange.Delete(
                    CompactionPlan.Kind, CompactionPlan.NameOf(stored.Table, stored.Id), stored.Version),
                exclusions.PlanEnd(stored.Id),
                .. further,
            ],
            cancellation);

    public async Task<(CompactionTotals Totals, long Version)> FindTotalsAsync(
        TableName table, CancellationToken cancellation)
    {
        var found = await metadata.FindAsync(CompactionTotals.Kind, CompactionTotals.NameOf(table), cancellation)
            .ConfigureAwait(false);
        return found is null ? (CompactionTotals.None, 0) : (ReadTotals(found), found.Version);
    }

    public static MetadataChange PlanTotals(TableName table, CompactionTotals totals, long version) =>
        MetadataChange.Put(
            CompactionTotals.Kind,
            CompactionTotals.NameOf(table),
            JsonSerializer.Serialize(totals, JobsJson.Default.CompactionTotals),
            version);

    public async Task ClearAsync(CancellationToken cancellation)
    {
        var plans = await ListAsync(cancellation).ConfigureAwait(false);
        await metadata.ApplyAsync(
            [
                MetadataChange.DeletePrefix(CompactionPlan.Kind, ""),
                MetadataChange.DeletePrefix(CompactionTotals.Kind, ""),
                .. plans.Select(plan => exclusions.PlanEnd(plan.Id)),
            ],
            cancellation).ConfigureAwait(false);
    }

    private static ExcludedObject NewObject(CompactionPlan plan) =>
        new(NameIn(plan, plan.TargetKey().Key), ETag: null);

    private static string NameIn(CompactionPlan plan, string key) =>
        key[ObjectKey.Parse(plan.Folder).Key.Length..];

    private static MetadataChange Put(StoredPlan before, CompactionPlan plan) => MetadataChange.Put(
        CompactionPlan.Kind, CompactionPlan.NameOf(before.Table, before.Id), Write(plan), before.Version);

    private static string Write(CompactionPlan plan) =>
        JsonSerializer.Serialize(plan, JobsJson.Default.CompactionPlan);

    private static StoredPlan Read(Resource resource)
    {
        var plan = JsonSerializer.Deserialize(resource.Spec, JobsJson.Default.CompactionPlan)
            ?? throw new TarnException(ErrorKind.Damaged, $"compaction plan '{resource.Name}' is empty");
        return resource.Name.Split('/') is [var database, var table, var id]
            ? new StoredPlan(new TableName(database, table), id, plan, resource.Version)
            : throw new TarnException(ErrorKind.Damaged, $"compaction plan '{resource.Name}' is not named as one");
    }

    private static CompactionTotals ReadTotals(Resource resource) =>
        JsonSerializer.Deserialize(resource.Spec, JobsJson.Default.CompactionTotals)
        ?? throw new TarnException(ErrorKind.Damaged, $"figures of compaction '{resource.Name}' are empty");
}
