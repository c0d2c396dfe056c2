using Microsoft.Extensions.DependencyInjection;

namespace Tarn.Catalog;

/// <summary>Registers the catalog. Needs the metadata store and TimeProvider.</summary>
public static class CatalogServices
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) =>
        services.AddSingleton<ICatalog, MetadataCatalog>();
}
