using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tarn.Primitives.Errors;
using Tarn.Storage.Access;

namespace Tarn.Console.Api.Access;

/// <summary><c>/api/grants</c>: what is granted to users.</summary>
internal static class GrantsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/grants", List);
        api.MapPost("/grants", AddAsync);
        api.MapDelete("/grants", RemoveAsync);
    }

    public static GrantBody Body(Grant grant) => new(grant.UserName, grant.Level, grant.Bucket, grant.Prefix);

    private static IResult List(HttpContext context, IUsers users)
    {
        ApiQuery.Allow(context.Request, "user");
        var user = context.Request.Query["user"].ToString();
        return ApiJson.Result(
            users.ListGrants().Where(grant => user.Length == 0 || grant.UserName == user).Select(Body));
    }

    private static async Task<IResult> AddAsync(HttpContext context, IUsers users)
    {
        var body = await ApiJson.ReadAsync<GrantBody>(context.Request);
        await users.GrantAsync(new Grant(body.User, body.Level, body.Bucket, body.Prefix), context.RequestAborted);
        return ApiJson.Result(body);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, IUsers users)
    {
        ApiQuery.Allow(context.Request, "user", "bucket", "prefix");
        var query = context.Request.Query;
        var (user, bucket, prefix) = (Required("user"), Required("bucket"), query["prefix"].ToString());
        await users.RevokeAsync(user, bucket, prefix, context.RequestAborted);
        return ApiJson.Result(new { User = user, Bucket = bucket, Prefix = prefix });

        string Required(string name) => query[name].ToString() is { Length: > 0 } value
            ? value
            : throw new TarnException(ErrorKind.Invalid, $"parameter '{name}' is missing");
    }
}
