using Microsoft.Extensions.DependencyInjection;
using Tarn.Catalog.Exclusions;

namespace Tarn.Catalog;

/// <summary>
/// Registers the catalog. Needs the metadata store and TimeProvider. Rules for tables that other rooms register are
/// taken as the catalog is asked for the first time.
/// </summary>
public static class CatalogServices
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddSingleton<ICatalog, MetadataCatalog>()
        .AddSingleton<IObjectExclusions, MetadataExclusions>();
}
