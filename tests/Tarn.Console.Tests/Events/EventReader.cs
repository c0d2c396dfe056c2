using System.Text.Json;

namespace Tarn.Console.Tests.Events;

/// <summary>
/// Reads server-sent events as a browser does. Gives up half a minute after it was opened.
/// </summary>
internal sealed class EventReader(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));

    public static async Task<EventReader> OpenAsync(HttpClient client, string path)
    {
        var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    public static async Task<EventReader> OpenAsync(HttpClient client, HttpRequestMessage request)
    {
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>Of the last event that had one.</summary>
    public string? LastId { get; private set; }

    public async Task<(string Name, JsonElement Body)> NextAsync()
    {
        var name = "";
        while (await reader.ReadLineAsync(_patience.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                LastId = line[4..];
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (name, JsonDocument.Parse(line[6..]).RootElement);
            }
        }

        throw new EndOfStreamException("the event stream has ended");
    }

    public async Task<JsonElement> UntilAsync(string name, Predicate<JsonElement> isWanted)
    {
        while (true)
        {
            var (found, body) = await NextAsync();
            if (found == name && isWanted(body))
            {
                return body;
            }
        }
    }

    /// <summary>The first body of each of these events.</summary>
    public async Task<Dictionary<string, JsonElement>> CollectAsync(IReadOnlyCollection<string> names)
    {
        var seen = new Dictionary<string, JsonElement>();
        while (names.Except(seen.Keys).Any())
        {
            var (name, body) = await NextAsync();
            seen.TryAdd(name, body);
        }

        return seen;
    }

    public async Task<bool> HasEndedAsync()
    {
        while (await reader.ReadLineAsync(_patience.Token) is { } line)
        {
            Assert.DoesNotContain("event:", line, StringComparison.Ordinal);
        }

        return true;
    }

    public ValueTask DisposeAsync()
    {
        _patience.Dispose();
        reader.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
