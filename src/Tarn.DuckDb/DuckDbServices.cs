using Microsoft.Extensions.DependencyInjection;

namespace Tarn.DuckDb;

/// <summary>Registers the instance that queries share.</summary>
public static class DuckDbServices
{
    /// <summary>
    /// One <see cref="IDuckDb"/> for the whole process, and its options. A room that needs its own uses <see
    /// cref="DuckDbInstance.Open"/>.
    /// </summary>
    public static IServiceCollection AddDuckDb(this IServiceCollection services, DuckDbOptions options) =>
        services.AddSingleton(options).AddSingleton(_ => DuckDbInstance.Open(options));
}
