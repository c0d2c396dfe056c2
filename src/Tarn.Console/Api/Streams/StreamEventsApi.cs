using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tarn.Console.Events;
using Tarn.Console.Streams;
using Tarn.Primitives.Errors;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Console.Api.Streams;

/// <summary>
/// <c>/api/streams/{name}/events</c>: every record as it arrives; <c>/api/streams/{name}/newest/events</c>: the newest
/// ones as a table, for the page, which skips what it would not show.
/// </summary>
internal static class StreamEventsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/streams/{name}/events", TailAsync);
        api.MapGet("/streams/{name}/newest/events", NewestAsync);
    }

    private static async Task<IResult> TailAsync(
        string name, HttpContext context, IStreams streams, EventStreams connections)
    {
        ApiQuery.Allow(context.Request, "from", "shard");
        var start = Start(context.Request.Query["from"]);
        var shard = context.Request.Query.TryGetValue("shard", out var id) ? id.ToString() : null;
        var description = StreamsApi.Find(streams, name);
        if (shard is not null && description.Shards.All(known => known.ShardId != shard))
        {
            throw new TarnException(
                ErrorKind.NotFound,
                $"stream '{name}' has no shard '{shard}'",
                hint: Suggestion.Hint(shard, description.Shards.Select(known => known.ShardId)));
        }

        var tail = new RecordTail(streams, name, shard);
        await tail.BeginAsync(start, context.RequestAborted);
        await connections.RunAsync(context, (events, cancellation) => FollowAsync(tail, events, cancellation));
        return Results.Empty;
    }

    private static async Task FollowAsync(RecordTail tail, IEventSink events, CancellationToken cancellation)
    {
        while (!tail.HasEnded)
        {
            var records = await tail.ReadAsync(cancellation);
            if (records.Count > 0)
            {
                await events.SendAsync("records", records.Select(Of), cancellation);
            }
            else if (!tail.HasEnded)
            {
                await tail.WaitAsync(cancellation);
            }
        }

        await events.SendAsync("end", new { Reason = "the shard is closed and read to its end" }, cancellation);
    }

    private static object Of(TailRecord record) => new
    {
        record.ShardId,
        SequenceNumber = record.Record.SequenceNumber.ToString(),
        ArrivedAt = record.Record.ArrivalTime,
        PartitionKey = Encoding.UTF8.GetString(record.Record.PartitionKey.Span),
        Data = Convert.ToBase64String(record.Record.Data.Span),
    };

    private static async Task<IResult> NewestAsync(
        string name, HttpContext context, IStreams streams, TimeProvider time, EventStreams connections)
    {
        ApiQuery.Allow(context.Request);
        StreamsApi.Find(streams, name);
        var newest = new NewestRecords(streams, name, time);
        await connections.RunAsync(context, async (events, cancellation) =>
        {
            await foreach (var rows in newest.ReadAsync(cancellation))
            {
                await events.SendAsync("tile-0", rows, cancellation);
            }
        });
        return Results.Empty;
    }

    private static StartPosition Start(string? text) => text switch
    {
        null or "latest" => new StartPosition.Latest(),
        "trim_horizon" => new StartPosition.TrimHorizon(),
        _ when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) =>
            new StartPosition.AtTime(time),
        _ => throw new TarnException(
            ErrorKind.Invalid,
            $"parameter 'from' must be latest, trim_horizon or a time, not '{text}'",
            hint: "write a time as 2026-11-23T08:00:00Z"),
    };
}
