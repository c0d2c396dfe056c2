using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Tarn.Catalog.Tables;
using Tarn.Jobs.Compaction;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Api;

/// <summary><c>/api/compaction</c>: tables whose small objects become larger ones, and doing so now.</summary>
internal static class CompactionApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/compaction", ListAsync);
        api.MapPost("/compaction/{table}/run", RunAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ICompaction compaction)
    {
        ApiQuery.Allow(context.Request);
        var found = await compaction.ListAsync(context.RequestAborted);
        return ApiJson.Result(found.Select(CompactionBody.Of));
    }

    private static async Task<IResult> RunAsync(string table, ICompaction compaction, IHostApplicationLifetime lifetime)
    {
        var name = table.Split('.') is [{ Length: > 0 } database, { Length: > 0 } own]
            ? new TableName(database, own)
            : throw new TarnException(ErrorKind.Invalid, $"table '{table}' is not database.table");

        // Not the request's token: what is begun goes on when the one who asked for it leaves.
        return ApiJson.Result(CompactionBody.Of(await compaction.RunAsync(name, lifetime.ApplicationStopping)));
    }
}
