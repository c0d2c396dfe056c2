using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tarn.Primitives.Errors;
using Tarn.Streams;

namespace Tarn.Console.Api.Streams;

/// <summary><c>/api/streams</c>: streams as they stand, made, changed, split and removed.</summary>
internal static class StreamsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/streams", List);
        api.MapPost("/streams", CreateAsync);
        api.MapGet("/streams/{name}", (string name, HttpContext context, IStreams streams, StreamBody body) =>
        {
            ApiQuery.Allow(context.Request);
            return ApiJson.Result(body.Of(Find(streams, name)));
        });
        api.MapPatch("/streams/{name}", ChangeAsync);
        api.MapDelete("/streams/{name}", DeleteAsync);
        api.MapPost("/streams/{name}/split", SplitAsync);
        api.MapPost("/streams/{name}/merge", MergeAsync);
    }

    /// <summary>The stream, or NotFound with the nearest name.</summary>
    public static StreamDescription Find(IStreams streams, string name) =>
        streams.Find(name) ?? throw new TarnException(
            ErrorKind.NotFound,
            $"stream '{name}' does not exist",
            hint: Suggestion.Hint(name, streams.List().Select(stream => stream.Name)));

    private static IResult List(HttpContext context, IStreams streams, StreamBody body)
    {
        ApiQuery.Allow(context.Request);
        return ApiJson.Result(streams.List().Select(body.Of));
    }

    private static async Task<IResult> CreateAsync(HttpContext context, IStreams streams, StreamBody body)
    {
        var settings = await ApiJson.ReadAsync<StreamSettings>(context.Request);
        var name = settings.Name ?? throw new TarnException(ErrorKind.Invalid, "'name' of the stream is missing");
        var spec = settings.Change(new StreamSpec { Name = name });
        return ApiJson.Result(body.Of(await streams.CreateAsync(spec, context.RequestAborted)));
    }

    private static async Task<IResult> ChangeAsync(
        string name, HttpContext context, IStreams streams, StreamBody body)
    {
        var settings = await ApiJson.ReadAsync<StreamSettings>(context.Request);
        Find(streams, name);
        return ApiJson.Result(body.Of(await streams.ScaleAsync(
            name,
            spec => settings.Change(spec) with { Name = settings.Name ?? spec.Name },
            context.RequestAborted)));
    }

    private static async Task<IResult> DeleteAsync(string name, HttpContext context, IStreams streams)
    {
        Find(streams, name);
        await streams.DeleteAsync(name, context.RequestAborted);
        return ApiJson.Result(new { Deleted = name });
    }

    private static async Task<IResult> SplitAsync(string name, HttpContext context, IStreams streams, StreamBody body)
    {
        var request = await ApiJson.ReadAsync<SplitRequest>(context.Request);
        var shard = Find(streams, name).Shards.FirstOrDefault(shard => shard.ShardId == request.ShardId)
            ?? throw new TarnException(ErrorKind.NotFound, $"stream '{name}' has no shard '{request.ShardId}'");
        var middle = shard.StartingHashKey + ((shard.EndingHashKey - shard.StartingHashKey) / 2) + 1;
        var at = request.HashKey is null ? middle : HashKey(request.HashKey);
        return ApiJson.Result(body.Of(
            await streams.SplitAsync(name, request.ShardId, at, context.RequestAborted)));
    }

    private static async Task<IResult> MergeAsync(string name, HttpContext context, IStreams streams, StreamBody body)
    {
        var request = await ApiJson.ReadAsync<MergeRequest>(context.Request);
        Find(streams, name);
        return ApiJson.Result(body.Of(await streams.MergeAsync(
            name, request.ShardId, request.AdjacentShardId, context.RequestAborted)));
    }

    private static UInt128 HashKey(string text) =>
        UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new TarnException(
                ErrorKind.Invalid, $"hash key '{text}' is not valid", hint: $"use 0 to {UInt128.MaxValue}");

    private sealed record SplitRequest(string ShardId, string? HashKey = null);

    private sealed record MergeRequest(string ShardId, string AdjacentShardId);
}
