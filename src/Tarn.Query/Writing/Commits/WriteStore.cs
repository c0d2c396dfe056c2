using Tarn.Catalog.Exclusions;
using Tarn.Catalog.Writers;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Query.Writing.Commits;

/// <summary>
/// The records of writes. A write is begun and ended in one batch each, together with what hides its objects.
/// Thread-safe.
/// </summary>
/// <remarks>
/// What has hidden objects stays as an empty exclusion for a while, so that a reader who listed the folder meanwhile
/// sees that it must look again.
/// </remarks>
internal sealed class WriteStore(
    IMetadataStore metadata, IObjectExclusions exclusions, TimeProvider clock) : IUnfinishedWrites
{
    /// <summary>Longer than any listing lasts.</summary>
    private static readonly TimeSpan KeptTime = TimeSpan.FromMinutes(15);

    /// <summary>Hides the objects to be put, and remembers their names.</summary>
    public async Task BeginAsync(
        string id, IReadOnlyList<WriteOutput> outputs, long rows, string manifest, CancellationToken cancellation)
    {
        var changes = new List<MetadataChange>();
        var hidden = new List<string>();
        foreach (var folder in outputs.GroupBy(output => output.Folder))
        {
            var exclusion = new Exclusion(
                $"write-{id}-{hidden.Count}",
                folder.Key,
                [.. folder.Select(output => new ExcludedObject(
                    output.Object.Key[(output.Object.Key.LastIndexOf('/') + 1)..], ETag: null))]);
            hidden.Add(exclusion.Id);
            changes.Add(exclusions.Plan(exclusion));
        }

        var record = new WriteRecord
        {
            State = WriteState.Writing,
            Objects = [.. outputs.Select(output => output.Object.ToString())],
            Exclusions = hidden,
            Rows = rows,
            Manifest = manifest,
            Changed = clock.GetUtcNow(),
        };
        changes.Add(MetadataChange.Create(WriteRecord.Kind, id, record.Write()));
        await metadata.ApplyAsync(changes, cancellation).ConfigureAwait(false);
    }

    /// <summary>Lets the objects count, with the further changes. Conflict when one of these does not fit.</summary>
    public Task CommitAsync(
        string id,
        WriteRecord record,
        IReadOnlyList<WriteOutput> outputs,
        IEnumerable<MetadataChange> further,
        CancellationToken cancellation)
    {
        var ended = record with { State = WriteState.Done, Changed = clock.GetUtcNow() };
        var emptied = record.Exclusions.Zip(
            outputs.Select(output => output.Folder).Distinct(),
            (exclusion, folder) => exclusions.Plan(new Exclusion(exclusion, folder, [])));
        return metadata.ApplyAsync(
            [
                MetadataChange.Require(WriteRecord.Kind, id),
                MetadataChange.Put(WriteRecord.Kind, id, ended.Write()),
                .. emptied,
                .. further,
            ],
            cancellation);
    }

    /// <summary>Forgets a write; its objects must be gone, or count.</summary>
    public Task RemoveAsync(string id, WriteRecord record, CancellationToken cancellation) => metadata.ApplyAsync(
        [MetadataChange.Delete(WriteRecord.Kind, id), .. record.Exclusions.Select(exclusions.PlanEnd)], cancellation);

    public async Task<WriteRecord?> FindAsync(string id, CancellationToken cancellation)
    {
        var found = await metadata.FindAsync(WriteRecord.Kind, id, cancellation).ConfigureAwait(false);
        return found is null ? null : WriteRecord.Read(found);
    }

    public async Task<IReadOnlyList<(string Id, WriteRecord Record)>> ListAllAsync(CancellationToken cancellation)
    {
        var found = await metadata.ListAsync(WriteRecord.Kind, "", after: null, int.MaxValue, cancellation)
            .ConfigureAwait(false);
        return [.. found.Select(resource => (resource.Name, WriteRecord.Read(resource)))];
    }

    /// <summary>Forgets writes that ended long ago.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - KeptTime;
        foreach (var (id, record) in await ListAllAsync(cancellation).ConfigureAwait(false))
        {
            if (record.State == WriteState.Done && record.Changed < before)
            {
                await RemoveAsync(id, record, cancellation).ConfigureAwait(false);
            }
        }
    }

    async Task<IReadOnlySet<ObjectKey>> IUnfinishedWrites.ListAsync(CancellationToken cancellation)
    {
        var all = await ListAllAsync(cancellation).ConfigureAwait(false);
        return all.Where(item => item.Record.State == WriteState.Writing)
            .SelectMany(item => item.Record.Objects).Select(ObjectKey.Parse).ToHashSet();
    }
}
