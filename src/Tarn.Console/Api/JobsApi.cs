using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Tarn.Jobs;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Api;

/// <summary><c>/api/jobs</c>: jobs, their runs, and running one now.</summary>
internal static class JobsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/jobs", ListAsync);
        api.MapPost("/jobs/{name}/run", RunAsync);
        api.MapGet("/jobs/{name}/runs", ListRunsAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IJobs jobs)
    {
        ApiQuery.Allow(context.Request);
        return ApiJson.Result(await jobs.ListAsync(context.RequestAborted));
    }

    private static async Task<IResult> RunAsync(string name, IJobs jobs, IHostApplicationLifetime lifetime)
    {
        // Not the request's token: a run goes on when the one who asked for it leaves.
        return ApiJson.Result(await jobs.RunAsync(name, lifetime.ApplicationStopping));
    }

    private static async Task<IResult> ListRunsAsync(string name, HttpContext context, IJobs jobs)
    {
        ApiQuery.Allow(context.Request, "max");
        var max = (int)ApiQuery.Number(context.Request, "max", otherwise: 20, min: 1, max: 1000);
        if (await jobs.FindAsync(name, context.RequestAborted) is null)
        {
            throw new TarnException(ErrorKind.NotFound, $"job '{name}' does not exist");
        }

        return ApiJson.Result(await jobs.ListRunsAsync(name, max, context.RequestAborted));
    }
}
