using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Dashboards.Declarations;

/// <summary>Dashboards as resources of the metadata store, kind <c>dashboard</c>.</summary>
internal sealed class StoredDashboards(IMetadataStore metadata) : IDashboards
{
    private const int PageSize = 500;

    public async Task PutAsync(DashboardSpec spec, CancellationToken cancellation)
    {
        DashboardRules.Check(spec);
        var change = MetadataChange.Put(DashboardRecord.Kind, spec.Name, DashboardRecord.Write(spec));
        await metadata.ApplyAsync([change], cancellation);
    }

    public async Task<DashboardSpec?> FindAsync(string name, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(DashboardRecord.Kind, name, cancellation);
        return resource is null ? null : DashboardRecord.Read(resource.Name, resource.Spec);
    }

    public async Task<IReadOnlyList<DashboardSpec>> ListAsync(CancellationToken cancellation)
    {
        var dashboards = new List<DashboardSpec>();
        string? after = null;
        while (true)
        {
            var page = await metadata.ListAsync(DashboardRecord.Kind, "", after, PageSize, cancellation);
            dashboards.AddRange(page.Select(resource => DashboardRecord.Read(resource.Name, resource.Spec)));
            if (page.Count < PageSize)
            {
                return dashboards;
            }

            after = page[^1].Name;
        }
    }

    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(DashboardRecord.Kind, name, cancellation)
            ?? throw new TarnException(ErrorKind.NotFound, $"dashboard '{name}' does not exist");
        await metadata.ApplyAsync(
            [MetadataChange.Delete(DashboardRecord.Kind, name, resource.Version)], cancellation);
    }
}
