using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tarn.Primitives.Errors;
using Tarn.Storage.Access;

namespace Tarn.Console.Api.Access;

/// <summary>
/// <c>/api/users</c>: users and their access keys. A secret is in the answer that makes its key only.
/// </summary>
internal static class UsersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/users", List);
        api.MapPost("/users", CreateAsync);
        api.MapDelete("/users/{name}", DeleteAsync);
        api.MapPost("/users/{name}/keys", AddKeyAsync);
        api.MapPatch("/users/{name}/keys/{id}", ChangeKeyAsync);
        api.MapDelete("/users/{name}/keys/{id}", RemoveKeyAsync);
    }

    private static IResult List(HttpContext context, IUsers users)
    {
        ApiQuery.Allow(context.Request);
        var grants = users.ListGrants().ToLookup(grant => grant.UserName, StringComparer.Ordinal);
        return ApiJson.Result(users.List().Select(user => new UserBody(
            user.Name,
            user.CreatedAt,
            [.. user.Keys.Select(key => new KeyBody(key.AccessKeyId, key.IsActive, key.CreatedAt))],
            [.. grants[user.Name].Select(GrantsApi.Body)])));
    }

    private static async Task<IResult> CreateAsync(HttpContext context, IUsers users)
    {
        var request = await ApiJson.ReadAsync<NewUser>(context.Request);
        var given = Given(request.AccessKeyId, request.Secret);
        return Show(await users.CreateAsync(request.Name, given, context.RequestAborted));
    }

    private static async Task<IResult> DeleteAsync(string name, HttpContext context, IUsers users)
    {
        await users.DeleteAsync(name, context.RequestAborted);
        return ApiJson.Result(new { Deleted = name });
    }

    private static async Task<IResult> AddKeyAsync(string name, HttpContext context, IUsers users)
    {
        var request = await ApiJson.ReadAsync<NewKey>(context.Request);
        var given = Given(request.AccessKeyId, request.Secret);
        return Show(await users.AddKeyAsync(name, given, context.RequestAborted));
    }

    private static async Task<IResult> ChangeKeyAsync(string name, string id, HttpContext context, IUsers users)
    {
        var request = await ApiJson.ReadAsync<KeyChange>(context.Request);
        await users.SetKeyActiveAsync(name, id, request.Active, context.RequestAborted);
        return ApiJson.Result(new { AccessKeyId = id, request.Active });
    }

    private static async Task<IResult> RemoveKeyAsync(string name, string id, HttpContext context, IUsers users)
    {
        await users.RemoveKeyAsync(name, id, context.RequestAborted);
        return ApiJson.Result(new { Deleted = id });
    }

    private static GivenKey? Given(string? id, string? secret) => (id, secret) switch
    {
        (null, null) => null,
        (not null, not null) => new GivenKey(id, secret),
        _ => throw new TarnException(
            ErrorKind.Invalid, "an access key is 'access_key_id' and 'secret'; one of them is missing"),
    };

    private static IResult Show(AccessKey key) =>
        ApiJson.Result(new { Name = key.UserName, key.AccessKeyId, key.Secret });

    private sealed record NewUser(string Name, string? AccessKeyId = null, string? Secret = null);

    private sealed record NewKey(string? AccessKeyId = null, string? Secret = null);

    private sealed record KeyChange(bool Active);

    private sealed record KeyBody(string AccessKeyId, bool Active, DateTimeOffset CreatedAt);

    private sealed record UserBody(
        string Name, DateTimeOffset CreatedAt, IReadOnlyList<KeyBody> Keys, IReadOnlyList<GrantBody> Grants);
}
