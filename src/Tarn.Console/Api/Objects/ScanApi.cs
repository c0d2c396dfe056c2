using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tarn.Console.Events;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Scanning;

namespace Tarn.Console.Api.Objects;

/// <summary>
/// <c>POST /api/buckets/{bucket}/scan</c>: adopts files that lie in the bucket's folder and no object owns. Answers
/// with events while it works: <c>finding</c> for each, <c>end</c> with the counts. It stops with the caller; what was
/// adopted by then stays.
/// </summary>
internal static class ScanApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/buckets/{bucket}/scan", ScanAsync);

    private static async Task<IResult> ScanAsync(
        string bucket, HttpContext context, IObjectStore objects, IObjectScan scan, EventStreams connections)
    {
        ApiQuery.Allow(context.Request);
        _ = await objects.FindBucketAsync(bucket, context.RequestAborted)
            ?? throw new TarnException(ErrorKind.NotFound, $"bucket '{bucket}' does not exist");
        await connections.RunAsync(context, async (events, cancellation) =>
        {
            var summary = await scan.ScanAsync(
                bucket, finding => events.SendAsync("finding", finding, cancellation), cancellation);
            await events.SendAsync("end", summary, cancellation);
        });
        return Results.Empty;
    }
}
