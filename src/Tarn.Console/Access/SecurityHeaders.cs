using Microsoft.AspNetCore.Http;

namespace Tarn.Console.Access;

/// <summary>
/// Tells the browser what pages of the console may do: their own scripts only, no frames, no foreign requests.
/// Inline styles stay allowed because MudBlazor and ECharts set them.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + $"font-src 'self'; connect-src 'self' ws://{context.Request.Host} wss://{context.Request.Host}; "
            + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(context);
    }
}
