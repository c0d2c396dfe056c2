using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tarn.Console.Events;
using Tarn.Console.Tiles;
using Tarn.Dashboards;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Api;

/// <summary><c>/api/dashboards</c>: dashboards as declared, and one connection that feeds all tiles of one.</summary>
internal static class DashboardsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/dashboards", ListAsync);
        api.MapGet("/dashboards/{name}/events", WatchAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IDashboards dashboards)
    {
        ApiQuery.Allow(context.Request);
        return ApiJson.Result(await dashboards.ListAsync(context.RequestAborted));
    }

    private static async Task<IResult> WatchAsync(
        string name, HttpContext context, IDashboards dashboards, TileFeeds feeds, EventStreams streams)
    {
        ApiQuery.Allow(context.Request);
        var dashboard = await dashboards.FindAsync(name, context.RequestAborted)
            ?? throw new TarnException(ErrorKind.NotFound, $"dashboard '{name}' does not exist");
        await streams.RunAsync(context, (events, cancellation) => feeds.RunAsync(dashboard, events, cancellation));
        return Results.Empty;
    }
}
