using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Console.Api.Objects;

/// <summary>
/// Bytes of objects for the browser, streamed both ways. The key is a parameter: in a path the browser would resolve
/// its dots and slashes.
/// <code>
/// GET /api/objects/BUCKET?key=KEY       the object as a file to keep, never shown by the browser itself
/// PUT /api/objects/BUCKET?key=KEY       the body becomes the object
/// </code>
/// </summary>
internal static class ObjectsApi
{
    private const long ObjectBytesMax = 5L << 30;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/objects/{bucket}", DownloadAsync);
        api.MapPut("/objects/{bucket}", UploadAsync);
    }

    private static async Task<IResult> DownloadAsync(string bucket, HttpContext context, IObjectStore objects)
    {
        var key = KeyOf(bucket, context.Request);
        await using var content = await objects.OpenAsync(key, range: null, context.RequestAborted)
            ?? throw new TarnException(ErrorKind.NotFound, $"there is no object {key}");
        var response = context.Response;
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(key.Key[(key.Key.TrimEnd('/').LastIndexOf('/') + 1)..]);
        response.Headers.ContentDisposition = name.ToString();
        response.ContentType = "application/octet-stream";
        response.ContentLength = content.Length;
        await content.Body.CopyToAsync(response.Body, context.RequestAborted);
        return Results.Empty;
    }

    private static async Task<IResult> UploadAsync(string bucket, HttpContext context, IObjectStore objects)
    {
        var key = KeyOf(bucket, context.Request);
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = ObjectBytesMax;
        var type = context.Request.ContentType;
        var attributes = new ObjectAttributes
        {
            ContentType = string.IsNullOrEmpty(type) ? ObjectAttributes.None.ContentType : type,
            ContentLength = context.Request.ContentLength,
        };
        var stored = await objects.PutAsync(key, context.Request.Body, attributes, context.RequestAborted);
        return ApiJson.Result(new { stored.Key.Bucket, stored.Key.Key, stored.Size, stored.ETag });
    }

    private static ObjectKey KeyOf(string bucket, HttpRequest request)
    {
        ApiQuery.Allow(request, "key");
        return request.Query["key"].ToString() is { Length: > 0 } key
            ? new ObjectKey(bucket, key)
            : throw new TarnException(ErrorKind.Invalid, "parameter 'key' is missing");
    }
}
