using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Tarn.Console.Access;

/// <summary>
/// The cookie that holds a session's id. Browsers share cookies between all ports of a host, so the port is in its
/// name and two consoles on one machine do not sign each other out.
/// </summary>
internal static class SessionCookie
{
    public static string? Read(HttpContext context) => context.Request.Cookies[Name(context)];

    public static void Write(HttpContext context, string id) =>
        context.Response.Cookies.Append(Name(context), id, Options(context, BrowserSessions.Lifetime));

    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Delete(Name(context), Options(context, maxAge: null));

    private static string Name(HttpContext context) =>
        "tarn-session-" + context.Connection.LocalPort.ToString(CultureInfo.InvariantCulture);

    private static CookieOptions Options(HttpContext context, TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        IsEssential = true,
        MaxAge = maxAge,
    };
}
