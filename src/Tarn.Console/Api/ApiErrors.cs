using Microsoft.AspNetCore.Http;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Api;

/// <summary>The one mapping of this front door: kinds of failure to HTTP status and error body.</summary>
internal static class ApiErrors
{
    public static int Status(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.AlreadyExists or ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.LimitExceeded => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.Denied => StatusCodes.Status403Forbidden,
        ErrorKind.Unsupported => StatusCodes.Status501NotImplemented,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorKind.Damaged => StatusCodes.Status500InternalServerError,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind"),
    };

    public static ApiErrorBody Body(TarnException error) =>
        new(new ApiError(ApiJson.Word(error.Kind), error.Code, error.Message, error.Detail, error.Hint));

    public static ApiErrorBody NotFound(string what, string name) =>
        Body(new TarnException(ErrorKind.NotFound, $"{what} '{name}' does not exist"));

    public static Task WriteAsync(HttpContext context, TarnException error) =>
        WriteAsync(context, error, Status(error.Kind));

    public static Task WriteAsync(HttpContext context, TarnException error, int status)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Body(error), ApiJson.Options, context.RequestAborted);
    }
}
