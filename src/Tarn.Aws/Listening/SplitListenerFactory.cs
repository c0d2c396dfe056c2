using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Tarn.Aws.Listening;

/// <summary>
/// Lets one clear-text port speak HTTP/1.1 and HTTP/2. Kestrel decides by TLS's ALPN and takes HTTP/1.1 without it,
/// but clients with prior knowledge (the JavaScript SDK for Kinesis) begin with HTTP/2's preface at once. So the
/// first bytes of each connection decide:
/// <code>
/// socket -> first bytes -> "PRI * HTTP/2.0"  -> listener of Http2EndPoint (protocols: Http2)
///                       -> anything else     -> listener of the port      (protocols: Http1)
/// </code>
/// </summary>
internal sealed class SplitListenerFactory(
    IConnectionListenerFactory sockets, TimeProvider time, ILogger<SplitListener> logger)
    : IConnectionListenerFactory, IAsyncDisposable
{
    private readonly ConnectionQueue http2 = new(new Http2EndPoint());

    public async ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint is Http2EndPoint
            ? http2
            : new SplitListener(await sockets.BindAsync(endpoint, cancellationToken), http2, time, logger);

    public ValueTask DisposeAsync() => http2.DisposeAsync();
}
