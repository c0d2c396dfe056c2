using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Api;

/// <summary>
/// Turns what an operation throws into an error body. Anything unexpected is logged and told without its insides.
/// </summary>
internal sealed partial class ApiErrorFilter(ILogger<ApiErrorFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (TarnException error)
        {
            return Results.Json(ApiErrors.Body(error), ApiJson.Options, statusCode: ApiErrors.Status(error.Kind));
        }
        catch (OperationCanceledException) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Results.Empty;
        }
#pragma warning disable CA1031 // the edge of the process: what is unexpected here must still get an answer
        catch (Exception error) when (!context.HttpContext.Response.HasStarted)
#pragma warning restore CA1031
        {
            LogUnexpected(error, context.HttpContext.Request.Method, context.HttpContext.Request.Path);
            const string Message = "the server failed in an unexpected way";
            var body = new ApiErrorBody(
                new ApiError("internal", Code: null, Message, error.GetType().Name, "see the server's log"));
            return Results.Json(body, ApiJson.Options, statusCode: StatusCodes.Status500InternalServerError);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Method} {Path} failed in an unexpected way")]
    private partial void LogUnexpected(Exception error, string method, string path);
}
