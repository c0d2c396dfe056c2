using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tarn.Console.Events;
using Tarn.ContinuousQueries;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Api;

/// <summary>
/// <c>/api/views</c>: materialized views, waiting for one to catch up, pausing it, counting it anew, and its changes as
/// they happen; <c>/api/subscriptions</c>: the changes of the view that a statement names.
/// </summary>
internal static class ViewsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/views", List);
        api.MapGet("/views/{name}", (string name, IContinuousQueries views) => ApiJson.Result(Find(views, name)));
        api.MapPost("/views/{name}/catch-up", CatchUpAsync);
        api.MapGet("/views/{name}/events", WatchNamedAsync);
        api.MapGet("/views/{name}/plan", ExplainAsync);
        api.MapPost("/views/{name}/pause", (string name, HttpContext context, IContinuousQueries views) =>
            ChangeAsync(name, views, views.PauseAsync(name, context.RequestAborted)));
        api.MapPost("/views/{name}/resume", (string name, HttpContext context, IContinuousQueries views) =>
            ChangeAsync(name, views, views.ResumeAsync(name, context.RequestAborted)));
        api.MapPost("/views/{name}/backfill", (string name, HttpContext context, IContinuousQueries views) =>
            ChangeAsync(name, views, views.BackfillAsync(name, context.RequestAborted)));
        api.MapGet("/subscriptions", SubscribeAsync);
        api.MapGet("/sinks", ListSinks);
    }

    private static IResult List(HttpContext context, IContinuousQueries views)
    {
        ApiQuery.Allow(context.Request);
        return ApiJson.Result(views.List());
    }

    private static IResult ListSinks(HttpContext context, IContinuousQueries views)
    {
        ApiQuery.Allow(context.Request);
        return ApiJson.Result(views.ListSinks());
    }

    private static async Task<IResult> CatchUpAsync(string name, HttpContext context, IContinuousQueries views)
    {
        await views.CatchUpAsync(name, context.RequestAborted);
        return ApiJson.Result(Find(views, name));
    }

    private static async Task<IResult> ChangeAsync(string name, IContinuousQueries views, Task change)
    {
        await change;
        var sink = views.ListSinks().FirstOrDefault(sink => sink.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return sink is null ? ApiJson.Result(Find(views, name)) : ApiJson.Result(sink);
    }

    private static async Task<IResult> ExplainAsync(string name, HttpContext context, IContinuousQueries views)
    {
        ApiQuery.Allow(context.Request);
        Find(views, name);
        return ApiJson.Result(new { Lines = await views.ExplainAsync(name, context.RequestAborted) });
    }

    private static Task<IResult> SubscribeAsync(
        HttpContext context, IContinuousQueries views, EventStreams streams)
    {
        ApiQuery.Allow(context.Request, "sql", "interval_ms", "rows_max");
        var request = views.SubscribedBy(context.Request.Query["sql"].ToString());
        return WatchAsync(request.View, request.Since, context, views, streams);
    }

    private static Task<IResult> WatchNamedAsync(
        string name, HttpContext context, IContinuousQueries views, EventStreams streams)
    {
        ApiQuery.Allow(context.Request, "interval_ms", "rows_max", "since");
        var since = context.Request.Query["since"].ToString();
        var position = since.Length == 0 ? null : ViewPosition.TryParse(since) ?? throw new TarnException(
            ErrorKind.Invalid, $"since is '{since}' and not a position of a view",
            hint: "give the id of the last event that was received");
        return WatchAsync(name, position, context, views, streams);
    }

    private static async Task<IResult> WatchAsync(
        string name, ViewPosition? since, HttpContext context, IContinuousQueries views, EventStreams streams)
    {
        // A browser that connects again knows more than the address that it was given at first.
        since = ViewPosition.TryParse(context.Request.Headers["Last-Event-ID"].ToString()) ?? since;
        var interval = ApiQuery.Number(context.Request, "interval_ms", otherwise: 250, min: 50, max: 60_000);
        var rowsMax = (int)ApiQuery.Number(
            context.Request, "rows_max", otherwise: int.MaxValue, min: 1, max: int.MaxValue);
        Find(views, name);
        await streams.RunAsync(context, async (events, cancellation) =>
        {
            var changes = views.SubscribeAsync(name, TimeSpan.FromMilliseconds(interval), since, cancellation);
            await foreach (var change in changes)
            {
                await events.SendAsync(
                    change.IsSnapshot ? "snapshot" : "changes", change.Position.ToString(), Body(change, rowsMax),
                    cancellation);
            }

            await events.SendAsync("end", new { Reason = $"view '{name}' was dropped" }, cancellation);
        });
        return Results.Empty;
    }

    private static object Body(ViewChanges change, int rowsMax) => new
    {
        change.Version,
        Position = change.Position.ToString(),
        change.Columns,
        RowCount = change.Rows.Count,
        Rows = change.Rows.Count > rowsMax ? change.Rows.Take(rowsMax) : change.Rows,
        change.Removed,
        change.Appends,
    };

    private static ViewStatus Find(IContinuousQueries views, string name) =>
        views.Find(name) ?? throw new TarnException(
            ErrorKind.NotFound,
            $"view '{name}' does not exist",
            hint: Suggestion.Hint(name, views.List().Select(view => view.Name)));
}
