using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tarn.Delivery;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Api;

/// <summary><c>/api/delivery</c>: delivery streams, one of them, and flushing one now.</summary>
internal static class DeliveryApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/delivery", ListAsync);
        api.MapGet("/delivery/{name}", FindAsync);
        api.MapPost("/delivery/{name}/flush", FlushAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IDeliveryStreams delivery)
    {
        ApiQuery.Allow(context.Request);
        return ApiJson.Result(await delivery.ListAsync(context.RequestAborted));
    }

    private static async Task<IResult> FindAsync(string name, HttpContext context, IDeliveryStreams delivery)
    {
        ApiQuery.Allow(context.Request);
        var status = await delivery.FindAsync(name, context.RequestAborted)
            ?? throw new TarnException(ErrorKind.NotFound, $"delivery stream '{name}' does not exist");
        return ApiJson.Result(status);
    }

    private static async Task<IResult> FlushAsync(string name, HttpContext context, IDeliveryStreams delivery)
    {
        await delivery.FlushAsync(name, context.RequestAborted);
        return await FindAsync(name, context, delivery);
    }
}
