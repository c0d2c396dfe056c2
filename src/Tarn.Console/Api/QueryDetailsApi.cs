using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tarn.Console.Events;
using Tarn.Console.Tiles;
using Tarn.ContinuousQueries;
using Tarn.ContinuousQueries.Details;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Api;

/// <summary>
/// <c>/api/sources</c>; <c>/api/views/{name}/details</c>: what a view reads, how long its batches took, and the records
/// that it did not count; <c>/api/views/{name}/batches/events</c>: the batch times as rows, for the page.
/// </summary>
internal static class QueryDetailsApi
{
    private const int RowsMax = 1_000;
    private static readonly TimeSpan BatchesInterval = TimeSpan.FromSeconds(1);

    private static readonly TileColumn[] BatchColumns =
    [
        new("at", "timestamp"), new("slowest batch, ms", "double"), new("batches", "bigint"), new("records", "bigint"),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/sources", Sources);
        api.MapGet("/views/{name}/details", Details);
        api.MapGet("/views/{name}/batches/events", WatchBatchesAsync);
    }

    private static IResult Sources(HttpContext context, IQueryDetails queries)
    {
        ApiQuery.Allow(context.Request);
        return ApiJson.Result(queries.Sources());
    }

    private static IResult Details(
        string name, HttpContext context, IQueryDetails queries, IContinuousQueries views)
    {
        ApiQuery.Allow(context.Request, "max");
        var max = ApiQuery.Number(context.Request, "max", otherwise: 20, min: 1, max: RowsMax);
        return ApiJson.Result(queries.Find(name, (int)max) ?? throw Missing(name, views));
    }

    private static async Task<IResult> WatchBatchesAsync(
        string name, HttpContext context, IQueryDetails queries, IContinuousQueries views, TimeProvider time,
        EventStreams connections)
    {
        ApiQuery.Allow(context.Request);
        if (views.Find(name) is null)
        {
            throw Missing(name, views);
        }

        await connections.RunAsync(context, async (events, cancellation) =>
        {
            IReadOnlyList<BatchTime>? sent = null;
            while (queries.Find(name, rowsMax: 1)?.Batches is { } batches)
            {
                if (sent is null || !batches.SequenceEqual(sent))
                {
                    await events.SendAsync("tile-0", Rows(batches, time), cancellation);
                    sent = batches;
                }

                await Task.Delay(BatchesInterval, time, cancellation);
            }
        });
        return Results.Empty;
    }

    private static TileRows Rows(IReadOnlyList<BatchTime> batches, TimeProvider time) => new(
        BatchColumns,
        [
            .. batches.Select(second => (IReadOnlyList<object?>)
                [second.At, second.MillisecondsMax, (long)second.Batches, second.Records]),
        ],
        time.GetUtcNow());

    private static TarnException Missing(string name, IContinuousQueries views) => new(
        ErrorKind.NotFound,
        $"view '{name}' does not exist",
        hint: Suggestion.Hint(name, views.List().Select(view => view.Name)));
}
