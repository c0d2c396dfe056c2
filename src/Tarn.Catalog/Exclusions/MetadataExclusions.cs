using Tarn.Storage.Metadata;

namespace Tarn.Catalog.Exclusions;

/// <summary>Exclusions as resources; there are few at a time, so that all of them are read at once.</summary>
internal sealed class MetadataExclusions(IMetadataStore metadata) : IObjectExclusions
{
    public const string Kind = "excluded-objects";

    public async Task<ExcludedObjects> ListAsync(CancellationToken cancellation)
    {
        var found = await metadata.ListAsync(Kind, "", after: null, int.MaxValue, cancellation).ConfigureAwait(false);
        return new ExcludedObjects(found.Select(resource => (ExclusionRecord.Read(resource), resource.Version)));
    }

    public MetadataChange Plan(Exclusion exclusion) =>
        MetadataChange.Put(Kind, exclusion.Id, ExclusionRecord.Write(exclusion));

    public MetadataChange PlanEnd(string id) => MetadataChange.Delete(Kind, id);
}
