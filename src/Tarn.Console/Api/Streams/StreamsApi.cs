using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tarn.Streams;

namespace Tarn.Console.Api.Streams;

/// <summary><c>/api/streams</c>: streams and their shards.</summary>
internal static class StreamsApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/streams", List);

    private static IResult List(HttpContext context, IStreams streams)
    {
        ApiQuery.Allow(context.Request);
        return ApiJson.Result(streams.List().Select(Describe));
    }

    private static object Describe(StreamDescription stream) => new
    {
        stream.Name,
        stream.Spec.RetentionHours,
        stream.Spec.OnDemand,
        stream.CreatedAt,
        OpenShards = stream.Shards.Count(shard => shard.EndingSequenceNumber is null),
        Shards = stream.Shards.Select(shard => new
        {
            shard.ShardId,
            StartingSequenceNumber = shard.StartingSequenceNumber.ToString(),
            EndingSequenceNumber = shard.EndingSequenceNumber?.ToString(),
        }),
    };
}
