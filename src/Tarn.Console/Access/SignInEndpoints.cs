using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tarn.Console.Components.SignIn;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Access;

/// <summary>Signing in by form or ticket, and out.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/signin", ShowAsync);
        routes.MapPost("/signin", SubmitAsync).DisableAntiforgery();
        routes.MapPost("/signout", SignOutAsync).DisableAntiforgery();
    }

    private static IResult ShowAsync(HttpContext context, SignInTickets tickets, BrowserSessions sessions)
    {
        var query = context.Request.Query;
        if (query["ticket"].ToString() is not { Length: > 0 } id)
        {
            return Page(query["to"].ToString(), fault: null, StatusCodes.Status200OK);
        }

        if (tickets.Redeem(id) is not { } ticket)
        {
            const string Fault = "This sign-in link was used already or is older than a minute.";
            return Page("", Fault, StatusCodes.Status401Unauthorized);
        }

        context.Response.Headers.CacheControl = "no-store";
        SessionCookie.Write(context, sessions.Begin(ticket.AccessKeyId));
        return new RazorComponentResult<SignedInPage>(new { ticket.Path });
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext context, IAntiforgery antiforgery, KeyCheck check, BrowserSessions sessions)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Page("", "The page was too old. Please try again.", StatusCodes.Status400BadRequest);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var path = form["to"].ToString();
        try
        {
            var key = await check.CheckAsync(
                form["access_key_id"].ToString().Trim(), form["secret"].ToString().Trim(), context.RequestAborted);
            if (key is null)
            {
                const string Fault = "Access key id and secret do not match.";
                return Page(path, Fault, StatusCodes.Status401Unauthorized);
            }

            if (!key.IsRoot)
            {
                return Page(path, AccessGate.OnlyRoot(key.UserName).Message, StatusCodes.Status403Forbidden);
            }

            SessionCookie.Write(context, sessions.Begin(key.AccessKeyId));
            return Results.LocalRedirect(LocalPath.Parse(path));
        }
        catch (TarnException error) when (error.Kind == ErrorKind.Unavailable)
        {
            const string Fault = "Too many attempts with wrong keys. Wait some seconds, then try again.";
            return Page(path, Fault, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context, IAntiforgery antiforgery, BrowserSessions sessions)
    {
        if (await antiforgery.IsRequestValidAsync(context) && SessionCookie.Read(context) is { } id)
        {
            sessions.End(id);
            SessionCookie.Clear(context);
        }

        return Results.LocalRedirect("/signin");
    }

    private static RazorComponentResult<SignInPage> Page(string path, string? fault, int status) =>
        new(new { To = LocalPath.Parse(path), Fault = fault }) { StatusCode = status };
}
