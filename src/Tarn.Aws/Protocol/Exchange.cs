using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tarn.Aws.Protocol.Signing;

namespace Tarn.Aws.Protocol;

/// <summary>A request on its way through the front door.</summary>
internal sealed class Exchange(HttpContext context, string requestId)
{
    public HttpContext Context { get; } = context;

    /// <summary>Unique; sent in the answer's headers and in every error.</summary>
    public string RequestId { get; } = requestId;

    public HttpRequest Request => Context.Request;

    public HttpResponse Response => Context.Response;

    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>Method, path, query and headers as they came on the wire.</summary>
    public SignableRequest Signable { get; } = SignableRequest.Of(
        context.Request.Method,
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        context.Request.Headers);

    /// <summary>Reads the body whole; the caller disposes it. A body over the limit is refused.</summary>
    public ValueTask<RequestBody> ReadBodyAsync(int bytesMax, string tooLargeCode) =>
        RequestBody.ReadAsync(Request, bytesMax, tooLargeCode);

    /// <summary>Sends the whole answer.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(int status, string contentType, ReadOnlyMemory<byte> body)
    {
        Response.StatusCode = status;
        Response.ContentType = contentType;
        Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(Request.Method))
        {
            // No token: Kestrel ends the write of a connection that was aborted.
            await Response.BodyWriter.WriteAsync(body, CancellationToken.None);
        }
    }
}
