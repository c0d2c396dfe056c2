using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tarn.Console.Lake;

namespace Tarn.Console.Api;

/// <summary><c>/api/catalog</c>: databases with their tables, live views and columns.</summary>
internal static class CatalogApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/catalog", ListAsync);

    private static async Task<IResult> ListAsync(HttpContext context, SchemaReader schema)
    {
        ApiQuery.Allow(context.Request);
        return ApiJson.Result(await schema.ReadAsync(context.RequestAborted));
    }
}
