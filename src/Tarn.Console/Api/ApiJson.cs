using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Api;

/// <summary>JSON as <c>/api</c> speaks it: snake_case, lower-case words for enums, no unknown fields taken.</summary>
internal static class ApiJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>An enum value as <c>/api</c> writes it, such as <c>not_found</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The request's body. Throws Invalid naming the place when it is not what is expected.</summary>
    public static async Task<T> ReadAsync<T>(HttpRequest request)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Options, request.HttpContext.RequestAborted)
                ?? throw new TarnException(ErrorKind.Invalid, "the request's body must be a JSON object");
        }
        catch (JsonException error)
        {
            var place = error.Path is null or "$" ? "" : $" at '{error.Path.TrimStart('$', '.')}'";
            throw new TarnException(
                ErrorKind.Invalid,
                $"the request's body is not the JSON object that is expected{place}",
                hint: $"it may hold {string.Join(", ", Fields(typeof(T)))}",
                cause: error);
        }
    }

    private static IEnumerable<string> Fields(Type type) =>
        type.GetProperties().Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));

    public static IResult Result<T>(T value) => Results.Json(value, Options);
}
