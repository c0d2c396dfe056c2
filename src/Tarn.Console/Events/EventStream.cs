using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tarn.Console.Api;

namespace Tarn.Console.Events;

/// <summary>
/// Server-sent events on one response: <c>event: name</c>, <c>data: json</c>, blank line. Several sources may send
/// at once; their events are written whole, one after the other.
/// </summary>
internal sealed class EventStream(HttpResponse response) : IEventSink, IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public Task SendAsync<T>(string name, T body, CancellationToken cancellation) =>
        WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(body, ApiJson.Options)}\n\n", cancellation);

    public Task SendAsync<T>(string name, string id, T body, CancellationToken cancellation) =>
        WriteAsync(
            $"id: {id}\nevent: {name}\ndata: {JsonSerializer.Serialize(body, ApiJson.Options)}\n\n", cancellation);

    /// <summary>A line that readers ignore; it keeps connections open and shows when one is gone.</summary>
    public Task BeatAsync(CancellationToken cancellation) => WriteAsync(": beat\n\n", cancellation);

    /// <summary>How long a browser waits before it connects again.</summary>
    public Task RetryAfterAsync(int milliseconds, CancellationToken cancellation) =>
        WriteAsync($"retry: {milliseconds}\n\n", cancellation);

    public void Dispose() => turn.Dispose();

    private async Task WriteAsync(string text, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
            await response.Body.FlushAsync(cancellation);
        }
        finally
        {
            turn.Release();
        }
    }
}
