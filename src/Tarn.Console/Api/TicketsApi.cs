using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Tarn.Console.Access;
using Tarn.Console.Hosting;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Api;

/// <summary><c>POST /api/tickets</c>: an address that signs one browser in, once.</summary>
internal static class TicketsApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/tickets", IssueAsync);

    private static async Task<IResult> IssueAsync(HttpContext context, SignInTickets tickets, ConsoleAddress address)
    {
        var hasBody = context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody;
        var request = hasBody ? await ApiJson.ReadAsync<TicketRequest>(context.Request) : new TicketRequest();
        var path = request.Next ?? "/";
        if (!LocalPath.IsLocal(path))
        {
            throw new TarnException(ErrorKind.Invalid, $"next '{path}' must be a path that begins with one slash");
        }

        var (id, ticket) = tickets.Issue(context.User.FindFirst(AccessGate.KeyClaim)!.Value, path);
        return ApiJson.Result(new TicketBody(new Uri(address.Uri, $"/signin?ticket={id}"), ticket.ExpiresAt));
    }

    private sealed record TicketRequest(string? Next = null);

    private sealed record TicketBody(Uri Url, DateTimeOffset ExpiresAt);
}
