using System.Net.Http.Headers;
using System.Net.Http.Json;
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

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), cancellation);

    public void Dispose() => http.Dispose();

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
                throw new TarnException(
                    ErrorKind.Unavailable,
                    $"no tarn answers at {http.BaseAddress}",
                    hint: "start one with 'tarn up'",
                    cause: error);
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
