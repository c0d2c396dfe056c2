using Tarn.Hosting;
using Tarn.Primitives.Errors;
using Tarn.Storage.Access;

namespace Tarn.Clients.S3;

/// <summary>Signs and sends calls of the S3 API; every answer but a good one is thrown. Used by many tasks.</summary>
internal sealed class S3Connection : IDisposable
{
    /// <summary>Bodies above it are announced first, so that a refusal comes before the body.</summary>
    private const long AnnouncedBytesMin = 64 * 1024;

    private readonly HttpClient http;
    private readonly Uri endpoint;

    public S3Connection(Uri endpoint, AccessKey key, string region, TimeProvider time)
    {
        this.endpoint = endpoint;
        // A transfer takes as long as it takes.
        http = new HttpClient(new SigningHandler(key, "s3", region, time)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>A connection to the server that runs on a data directory.</summary>
    /// <exception cref="TarnException">Unavailable when none does.</exception>
    public static S3Connection Of(string dataDirectory, string region) => new(
        RunningServer.Require(dataDirectory).Aws!,
        CredentialsFile.Require(dataDirectory),
        region,
        TimeProvider.System);

    /// <summary>The answer with its body unread.</summary>
    /// <exception cref="TarnException">The server refused the call, or none answered.</exception>
    public async Task<HttpResponseMessage> SendAsync(S3Request request, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(request.Method, request.Address(endpoint))
        {
            Content = request.Content,
        };
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.Add(name, value);
        }

        message.Headers.ExpectContinue = request.Content?.Headers.ContentLength >= AnnouncedBytesMin;
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw new TarnException(
                ErrorKind.Unavailable,
                error.HttpRequestError == HttpRequestError.ConnectionError
                    ? $"no tarn answers at {endpoint}"
                    : $"the connection to {endpoint} broke: {error.Message}",
                hint: "see whether the server runs; start one with 'tarn up'",
                cause: error);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await S3Failure.ReadAsync(request, response, cancellation);
        }
    }

    public void Dispose() => http.Dispose();
}
