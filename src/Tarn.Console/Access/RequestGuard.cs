using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tarn.Console.Api;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Access;

/// <summary>
/// Refuses requests that a foreign web page may have caused, before anything else looks at them:
/// <code>
/// 1. Host is not a name of this console     -> 403   (DNS rebinding)
/// 2. Origin is another one, at any method but
///    GET and HEAD and at a websocket, which
///    must have one                          -> 403   (cross-site requests, also from other ports of this machine)
/// 3. the browser says it is a cross-site or
///    same-site subrequest (Sec-Fetch-Site)  -> 403
/// </code>
/// </summary>
internal sealed class RequestGuard(RequestDelegate next, ConsoleServerOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var refusal = Refusal(context.Request);
        return refusal is null ? next(context) : ApiErrors.WriteAsync(context, refusal);
    }

    private TarnException? Refusal(HttpRequest request)
    {
        if (!IsOwnName(request.Host.Host))
        {
            return Denied($"'{request.Host.Host}' is not a name of this console", "open it as 127.0.0.1 or localhost");
        }

        var origin = request.Headers.Origin;
        var isUpgrade = request.HttpContext.WebSockets.IsWebSocketRequest || request.Headers.Upgrade.Count > 0;
        var isReading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var isForeign = !StringValues.IsNullOrEmpty(origin) && !IsOwnOrigin(origin.ToString(), request);
        if (isForeign && (isUpgrade || !isReading))
        {
            return Denied($"requests from '{origin}' are not taken", null);
        }

        if (isUpgrade && StringValues.IsNullOrEmpty(origin))
        {
            return Denied("a websocket needs an Origin header", null);
        }

        var isNavigation = isReading && request.Headers["Sec-Fetch-Mode"] == "navigate";
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return site is "cross-site" or "same-site" && !isNavigation
            ? Denied("requests of other sites are not taken", null)
            : null;
    }

    private bool IsOwnName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
        || host.Equals(options.Host, StringComparison.OrdinalIgnoreCase)
        || options.HostNames.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static bool IsOwnOrigin(string origin, HttpRequest request) =>
        origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    private static TarnException Denied(string message, string? hint) =>
        new(ErrorKind.Denied, message, hint: hint);
}
