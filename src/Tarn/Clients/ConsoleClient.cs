using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Tarn.Hosting;
using Tarn.Primitives.Errors;
using Tarn.Storage.Access;

namespace Tarn.Clients;

/// <summary>The console's /api (docs/guide/console-api.md) as the command line uses it.</summary>
internal sealed class ConsoleClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly HttpClient http;

    public ConsoleClient(Uri endpoint, AccessKey key)
    {
        http = new HttpClient { BaseAddress = endpoint, Timeout = TimeSpan.FromMinutes(30) };
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key.AccessKeyId}:{key.Secret}"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", pair);
    }

    /// <summary>A client of the server that runs on a data directory.</summary>
    /// <exception cref="TarnException">Unavailable when none does.</exception>
    public static ConsoleClient Of(string dataDirectory)
    {
        var server = RunningServer.Require(dataDirectory);
        var key = CredentialsFile.Require(dataDirectory);
        return new ConsoleClient(server.Console!, key);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellation);

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken cancellation) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = JsonContent.Create(body ?? new { }, options: Json),
            },
            cancellation);

    public Task<JsonElement> PatchAsync(string path, object body, CancellationToken cancellation) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Patch, path) { Content = JsonContent.Create(body, options: Json) },
            cancellation);

    /// <summary>
    /// Events as they come, until the server ends them. An event <c>failure</c> is thrown as the error that it holds.
    /// </summary>
    public async IAsyncEnumerable<ServerEvent> EventsAsync(
        HttpMethod method, string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await AskAsync(request, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellation))
        {
            using var document = JsonDocument.Parse(item.Data);
            yield return item.EventType == "failure"
                ? throw Error(document.RootElement, (int)response.StatusCode)
                : new ServerEvent(item.EventType, document.RootElement.Clone());
        }
    }

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), cancellation);

    public void Dispose() => http.Dispose();

    /// <summary>The answer's head, when it is a good one.</summary>
    private async Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw NoAnswer(error);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
            throw Error(document.RootElement, (int)response.StatusCode);
        }
    }

    private TarnException NoAnswer(HttpRequestException error) => new(
        ErrorKind.Unavailable,
        $"no tarn answers at {http.BaseAddress}",
        hint: "start one with 'tarn up'",
        cause: error);

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            try
            {
                using var response = await http.SendAsync(request, cancellation);
                var text = await response.Content.ReadAsStringAsync(cancellation);
                using var document = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
                return response.IsSuccessStatusCode
                    ? document.RootElement.Clone()
                    : throw Error(document.RootElement, (int)response.StatusCode);
            }
            catch (HttpRequestException error)
            {
                throw NoAnswer(error);
            }
            catch (JsonException error)
            {
                throw new TarnException(
                    ErrorKind.Unavailable, $"{http.BaseAddress} did not answer in JSON", cause: error);
            }
        }
    }

    private static TarnException Error(JsonElement answer, int status)
    {
        if (!answer.TryGetProperty("error", out var error))
        {
            return new TarnException(ErrorKind.Unavailable, $"HTTP {status}");
        }

        var kind = Enum.TryParse<ErrorKind>(Kind(error), ignoreCase: true, out var parsed)
            ? parsed
            : ErrorKind.Unavailable;
        return new TarnException(
            kind, Text(error, "message") ?? $"HTTP {status}", Text(error, "detail"), Text(error, "hint"))
        {
            Code = Text(error, "code"),
        };
    }

    /// <summary>The kind's name as the enum has it: the API writes <c>not_found</c>.</summary>
    private static string? Kind(JsonElement error) =>
        Text(error, "kind")?.Replace("_", "", StringComparison.Ordinal);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
