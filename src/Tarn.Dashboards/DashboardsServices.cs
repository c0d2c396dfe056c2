using Microsoft.Extensions.DependencyInjection;
using Tarn.Dashboards.Declarations;

namespace Tarn.Dashboards;

/// <summary>Registers the dashboards of this lake.</summary>
public static class DashboardsServices
{
    /// <summary>Adds <see cref="IDashboards"/>; needs <see cref="Tarn.Storage.Metadata.IMetadataStore"/>.</summary>
    public static IServiceCollection AddDashboards(this IServiceCollection services) =>
        services.AddSingleton<IDashboards, StoredDashboards>();
}
