using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Tarn.ContinuousQueries.Webhooks;

namespace Tarn.Webhooks;

/// <summary>
/// Posts to the webhooks that the server's owner has named, signed as Standard Webhooks 1.0 says
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md). It follows no
/// redirect, keeps no cookie and uses no proxy: what is configured is what is called. Thread-safe.
/// </summary>
internal sealed class HttpWebhooks : IWebhooks, IDisposable
{
    private const int ExcerptLengthMax = 300;
    private const int HeadersKiBMax = 64;

    private readonly IReadOnlyDictionary<string, Webhook> webhooks;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public HttpWebhooks(IReadOnlyDictionary<string, Webhook> webhooks, TimeProvider time)
    {
        this.webhooks = webhooks;
        this.time = time;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxResponseHeadersLength = HeadersKiBMax,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
            UseProxy = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        Names = [.. webhooks.Keys.Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> Names { get; }

    public async Task<WebhookAnswer> PostAsync(WebhookPost post, CancellationToken cancellation)
    {
        if (!webhooks.TryGetValue(post.Webhook, out var webhook))
        {
            return new WebhookRefused("the server's tarn.yaml no longer names it", MayPass: false);
        }

        using var late = new CancellationTokenSource(webhook.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            using var request = Request(webhook, post);
            using var response = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The handler's own timeout, that of connecting, ends like this too.
            return new WebhookRefused(
                late.IsCancellationRequested
                    ? $"{webhook.Url.Authority} did not answer within {webhook.Timeout.TotalSeconds} seconds"
                    : $"no connection to {webhook.Url.Authority} was made in time",
                MayPass: true);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new WebhookRefused($"{webhook.Url.Authority}: {exception.Message}", MayPass: true);
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(Webhook webhook, WebhookPost post)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var body = new ReadOnlyMemoryContent(post.Body);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = body };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("tarn", null));
        request.Headers.Add("webhook-id", post.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", string.Join(
            ' ', webhook.Keys.Select(key => key.Sign(post.Id, timestamp, post.Body.Span))));
        return request;
    }

    private async Task<WebhookAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (status is >= 200 and < 300)
        {
            return new WebhookAccepted();
        }

        if (status is >= 300 and < 400)
        {
            return new WebhookRefused($"it answered {status}, and redirects are not followed", MayPass: false);
        }

        var excerpt = await ExcerptAsync(response, cancellation);
        return new WebhookRefused(
            $"it answered {status}" + (excerpt.Length > 0 ? $": {excerpt}" : ""),
            MayPass: status is 408 or 429 or >= 500)
        {
            RetryAfter = response.Headers.RetryAfter is not { } after ? null
                : after.Delta ?? (after.Date is { } date ? date - time.GetUtcNow() : null),
        };
    }

    /// <summary>The beginning of what the receiver says, on one line.</summary>
    private static async Task<string> ExcerptAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var block = new byte[ExcerptLengthMax];
        var count = await stream.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(block, 0, count).ReplaceLineEndings(" ").Trim();
    }
}
