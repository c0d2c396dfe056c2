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
    public async ValueTask<PooledBuffer> ReadBodyAsync(int bytesMax, string tooLargeCode)
    {
        var announced = Request.ContentLength;
        if (announced > bytesMax)
        {
            throw TooLarge(bytesMax, tooLargeCode);
        }

        var body = new PooledBuffer((int)(announced ?? 4096) + 1);
        try
        {
            while (true)
            {
                var count = await Request.Body.ReadAsync(body.GetMemory(), Aborted);
                if (count == 0)
                {
                    return body;
                }

                body.Advance(count);
                if (body.Written.Length > bytesMax)
                {
                    throw TooLarge(bytesMax, tooLargeCode);
                }
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Sends the whole answer.</summary>
    public async Task SendAsync(int status, string contentType, ReadOnlyMemory<byte> body)
    {
        Response.StatusCode = status;
        Response.ContentType = contentType;
        Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(Request.Method))
        {
            await Response.Body.WriteAsync(body, Aborted);
        }
    }

    private static AwsException TooLarge(int bytesMax, string code) =>
        new(code, 413, $"the request body is larger than the {bytesMax} bytes that this operation takes");
}
