using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tarn.Console.Api;
using Tarn.Primitives.Errors;
using Tarn.Storage.Access;

namespace Tarn.Console.Access;

/// <summary>
/// Lets through root when signed in, and everybody to the few open paths. Pages lead to the sign-in page; everything
/// else gets 401. A session ends at once when its key is gone.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, BrowserSessions sessions, KeyCheck check, IAccessKeys keys)
{
    private static readonly string[] OpenPaths = ["/health", "/signin"];
    private static readonly string[] ProgramPaths = ["/api", "/metrics"];

    public async Task InvokeAsync(HttpContext context)
    {
        var session = SessionCookie.Read(context) is { } id ? sessions.Find(id) : null;
        var key = session is null ? null : keys.Find(session.AccessKeyId);
        var isForPrograms = IsForPrograms(context.Request.Path);
        if (key is null && isForPrograms)
        {
            key = await FromHeaderAsync(context);
        }

        if (key is { IsRoot: false })
        {
            // Pages and /api can read and change everything: queries know no grants.
            await ApiErrors.WriteAsync(context, OnlyRoot(key.UserName));
        }
        else if (key is not null)
        {
            var claims = new[] { new Claim(ClaimTypes.Name, key.UserName), new Claim(KeyClaim, key.AccessKeyId) };
            context.User = new ClaimsPrincipal(new ClaimsIdentity(claims, "tarn", ClaimTypes.Name, ClaimTypes.Role));
            context.Items[typeof(Session)] = session;
            if (isForPrograms)
            {
                context.Response.Headers.CacheControl = "no-store";
            }

            await next(context);
        }
        else if (IsOpen(context.Request.Path))
        {
            await next(context);
        }
        else
        {
            await RefuseAsync(context);
        }
    }

    public static TarnException OnlyRoot(string user) => new(
        ErrorKind.Denied,
        $"user '{user}' may not use the console, only the root key may",
        hint: "grants to users are for S3: point an S3 client at the AWS port with this key");

    /// <summary>The claim that holds the access key id.</summary>
    public const string KeyClaim = "access_key_id";

    private static bool IsOpen(PathString path) =>
        OpenPaths.Contains(path.Value, StringComparer.Ordinal) || path.StartsWithSegments("/_content");

    private static bool IsForPrograms(PathString path) =>
        ProgramPaths.Any(program => path.StartsWithSegments(program));

    private async Task<AccessKey?> FromHeaderAsync(HttpContext context)
    {
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is null)
        {
            return null;
        }

        var bytes = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, bytes, out var length))
        {
            return null;
        }

        var (id, secret) = Split(Encoding.UTF8.GetString(bytes, 0, length));
        return await check.CheckAsync(id, secret, context.RequestAborted);
    }

    private static (string Id, string Secret) Split(string pair)
    {
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (pair, "") : (pair[..colon], pair[(colon + 1)..]);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        var request = context.Request;
        var isPage = HttpMethods.IsGet(request.Method)
            && !IsForPrograms(request.Path)
            && !request.Path.StartsWithSegments("/_blazor");
        if (isPage)
        {
            var to = Uri.EscapeDataString(request.Path + request.QueryString);
            context.Response.Redirect(request.Path == "/" ? "/signin" : "/signin?to=" + to);
            return Task.CompletedTask;
        }

        // A browser's own fetch would open a password window on this header.
        if (!request.Headers.ContainsKey("Sec-Fetch-Mode"))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"tarn\", charset=\"UTF-8\"";
        }

        var error = new TarnException(
            ErrorKind.Denied,
            request.Headers.Authorization.Count > 0 ? "access key id and secret do not match" : "not signed in",
            hint: "send 'Authorization: Basic base64(id:secret)'; both stand in the data directory's credentials file");
        return ApiErrors.WriteAsync(context, error, StatusCodes.Status401Unauthorized);
    }
}
