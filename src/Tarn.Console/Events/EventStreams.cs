using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Tarn.Console.Access;
using Tarn.Console.Api;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Events;

/// <summary>Runs event streams: headers, heartbeat, and the end with the client, its session or the server.</summary>
internal sealed class EventStreams(IHostApplicationLifetime lifetime, TimeProvider time)
{
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(10);

    private const int RetryMilliseconds = 1000;

    /// <summary>Completes when <paramref name="feed"/> has ended or the connection has.</summary>
    public async Task RunAsync(HttpContext context, Func<IEventSink, CancellationToken, Task> feed)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        var session = context.Items[typeof(Session)] as Session;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping, session?.Ended ?? CancellationToken.None);
        if (session is not null)
        {
            ending.CancelAfter(session.ExpiresAt - time.GetUtcNow());
        }

        using var events = new EventStream(context.Response);
        var beat = BeatAsync(events, ending.Token);
        try
        {
            await events.RetryAfterAsync(RetryMilliseconds, ending.Token);
            await feed(events, ending.Token);
        }
        catch (TarnException error)
        {
            await events.SendAsync("failure", ApiErrors.Body(error), ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The usual end of a stream: the reader left, signed out, or the server stops.
        }
        finally
        {
            await ending.CancelAsync();
            await beat;
        }
    }

    private async Task BeatAsync(EventStream events, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(HeartbeatInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await events.BeatAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The stream has ended.
        }
    }
}
