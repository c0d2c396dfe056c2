using System.Net;
using System.Net.Security;

namespace Tarn.Aws.Firehose.Outgoing;

/// <summary>
/// Posts to addresses that users configured, and reads answers up to a bound. It follows no redirect, keeps no cookie
/// and uses no proxy: what is configured is what is called. Thread-safe.
/// </summary>
internal sealed class OutgoingHttp : IDisposable
{
    private const int HeadersKiBMax = 64;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public OutgoingHttp(FirehoseOutgoingOptions options, TimeProvider time)
    {
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.ConnectTimeout,
            MaxResponseHeadersLength = HeadersKiBMax,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions(),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Throws only when <paramref name="cancellation"/> is cancelled.</summary>
    public async Task<OutgoingAnswer> PostAsync(
        HttpRequestMessage request, TimeSpan timeout, int bodyBytesMax, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            using var response = await _http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            return await ReadAsync(response, bodyBytesMax, either.Token).ConfigureAwait(false) is { } body
                ? new OutgoingAnswer.Received(response.StatusCode, response.Headers, response.Content.Headers, body)
                : new OutgoingAnswer.TooLarge();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The handler's own timeout, that of connecting, ends like this too.
            return late.IsCancellationRequested
                ? new OutgoingAnswer.TimedOut()
                : new OutgoingAnswer.Failed(HttpRequestError.ConnectionError, "the connection was not made in time");
        }
        catch (HttpRequestException exception)
        {
            return new OutgoingAnswer.Failed(exception.HttpRequestError, exception.Message);
        }
        catch (HttpIOException exception)
        {
            return new OutgoingAnswer.Failed(exception.HttpRequestError, exception.Message);
        }
        catch (IOException exception)
        {
            return new OutgoingAnswer.Failed(HttpRequestError.ResponseEnded, exception.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The body; null when it is longer than allowed.</summary>
    private static async Task<byte[]?> ReadAsync(
        HttpResponseMessage response, int bytesMax, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > bytesMax)
        {
            return null;
        }

        using var body = new MemoryStream();
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var block = new byte[16 * 1024];
            while (await stream.ReadAsync(block, cancellation).ConfigureAwait(false) is var read && read > 0)
            {
                if (body.Length + read > bytesMax)
                {
                    return null;
                }

                body.Write(block, 0, read);
            }
        }

        return body.ToArray();
    }
}
