using Microsoft.AspNetCore.Http;
using Tarn.Aws.Protocol.Signing;

namespace Tarn.Aws.Protocol;

/// <summary>
/// <c>POST /_tarn/reset</c>, signed like an S3 request, by root: empties an ephemeral lake. A bucket cannot be meant,
/// as an underscore begins no bucket name.
/// </summary>
internal sealed class ResetEndpoint(
    SignatureVerifier verifier, RootOnly rootOnly, Func<CancellationToken, Task> reset)
{
    private const int BodyBytesMax = 1024;

    public static bool Is(Exchange exchange) =>
        exchange.Signable.Path == "/_tarn/reset" && HttpMethods.IsPost(exchange.Signable.Method);

    public async Task HandleAsync(Exchange exchange)
    {
        var signature = verifier.Open(exchange.Signable, AwsService.S3.Name);
        using var body = await exchange.ReadBodyAsync(BodyBytesMax, "EntityTooLarge");
        signature.Verify(PayloadHash.Of(body.Written.Span));
        rootOnly.Require(exchange, signature.Key, "tarn:Reset", "AccessDenied", 403);
        await reset(exchange.Aborted);
        exchange.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
